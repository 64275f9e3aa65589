//! Progress on the terminal: nothing at all for what takes less than a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use polkago_compiler::Progress;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(1);

/// Shows that something is being done once it takes over a second, until dropped.
pub struct Spinner {
    bar: ProgressBar,
    stop: Arc<Mutex<bool>>,
}

impl Spinner {
    /// Starts the clock.
    pub fn start(message: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(message);
        let stop = Arc::new(Mutex::new(false));
        let (shown, ended) = (bar.clone(), stop.clone());
        std::thread::spawn(move || {
            std::thread::sleep(PATIENCE);
            let Ok(ended) = ended.lock() else { return };
            if !*ended {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(120));
            }
        });
        Self { bar, stop }
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        if let Ok(mut stop) = self.stop.lock() {
            *stop = true;
        }
        self.bar.finish_and_clear();
    }
}

/// Shows downloads.
pub fn reporter() -> Arc<dyn Progress> {
    Arc::new(Downloads { bar: Mutex::new(None) })
}

struct Downloads {
    bar: Mutex<Option<(ProgressBar, Instant)>>,
}

impl Progress for Downloads {
    fn start(&self, what: &str, total: Option<u64>) {
        let style = ProgressStyle::with_template("{msg} {bar:30} {binary_bytes}/{binary_total_bytes} {eta}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = match total {
            Some(n) => ProgressBar::new(n).with_style(style),
            None => ProgressBar::new_spinner(),
        };
        bar.set_message(what.to_owned());
        if let Ok(mut slot) = self.bar.lock() {
            *slot = Some((bar, Instant::now()));
        }
    }

    fn advance(&self, done: u64) {
        if let Ok(slot) = self.bar.lock()
            && let Some((bar, since)) = slot.as_ref()
            && since.elapsed() > PATIENCE
        {
            bar.set_position(done);
        }
    }

    fn finish(&self) {
        if let Ok(mut slot) = self.bar.lock()
            && let Some((bar, _)) = slot.take()
        {
            bar.finish_and_clear();
        }
    }
}
