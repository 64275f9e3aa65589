//! Progress on the terminal: nothing at all for what takes less than a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use polkago_compiler::Progress;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// Says what is being done once it takes over a second, until dropped.
pub struct Activity {
    bar: ProgressBar,
    message: &'static str,
    over: Arc<Mutex<bool>>,
}

impl Activity {
    /// Starts the clock.
    pub fn start(message: &'static str) -> Self {
        let bar =
            ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(message);
        let over = Arc::new(Mutex::new(false));
        let (shown, ended) = (bar.clone(), over.clone());
        std::thread::spawn(move || {
            std::thread::sleep(PATIENCE);
            // The lock keeps the bar from being shown after it was cleared.
            let ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
            if !*ended {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(120));
            }
        });
        Self { bar, message, over }
    }

    /// Shows the compiler's longer steps, such as a download, in place of the activity's own message.
    pub fn reporter(&self) -> Arc<dyn Progress + Send + Sync> {
        Arc::new(Steps {
            bar: self.bar.clone(),
            message: self.message,
        })
    }
}

impl Drop for Activity {
    fn drop(&mut self) {
        *self.over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.bar.finish_and_clear();
    }
}

struct Steps {
    bar: ProgressBar,
    message: &'static str,
}

impl Progress for Steps {
    fn begin(&self, step: &str, total: Option<u64>) {
        if let Some(total) = total {
            let template = "{msg} {bar:30} {binary_bytes}/{binary_total_bytes}, {eta} left";
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style);
            }
            self.bar.set_length(total);
        }
        self.bar.reset();
        self.bar.set_message(step.to_owned());
    }

    fn advance(&self, done: u64) {
        self.bar.set_position(done);
    }

    fn end(&self) {
        self.bar.set_style(ProgressStyle::default_spinner());
        self.bar.unset_length();
        self.bar.set_message(self.message);
    }
}
