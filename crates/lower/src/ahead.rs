//! Lowering items on all threads, ahead of the walk that joins the results in order.
//!
//! What an item gives depends on the checked packages alone, and it names the items that it needs. So whoever has
//! lowered one can begin with these at once, and nobody waits for the slowest item of a generation. What is found in
//! which order does not matter: the walk of [`program`](crate::program) takes the results in its own.

use crate::conditional::Condition;
use crate::cx::Cx;
use crate::output::Output;
use crate::program::{Item, lower_item};
use rayon::Scope;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Results by item.
pub(crate) type Outputs = FxHashMap<Item, Output>;

/// Lowers items that were asked for, and all that is reachable from them without a condition and is not among those
/// asked for so far.
pub(crate) fn lower_reachable(cx: &Cx<'_>, items: &[Item], asked_for: &FxHashSet<Item>) -> Outputs {
    let ahead = Ahead {
        cx,
        asked_for,
        begun: Mutex::default(),
        done: Mutex::default(),
    };
    rayon::scope(|scope| {
        for item in items {
            ahead.begin(scope, item.clone());
        }
    });
    ahead
        .done
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
}

struct Ahead<'a> {
    cx: &'a Cx<'a>,
    asked_for: &'a FxHashSet<Item>,
    /// What items have needed beyond that.
    begun: Mutex<FxHashSet<Item>>,
    done: Mutex<Outputs>,
}

impl<'a> Ahead<'a> {
    fn begin<'s>(&'s self, scope: &Scope<'s>, item: Item)
    where
        'a: 's,
    {
        scope.spawn(move |scope| {
            let output = lower_item(self.cx, &item);
            let needs = output.needs.iter();
            let mut new: Vec<Item> = needs
                .filter(|&need| !self.asked_for.contains(need))
                .cloned()
                .collect();
            let mut begun = lock(&self.begun);
            new.retain(|need| begun.insert(need.clone()));
            drop(begun);
            lock(&self.done).insert(item, output);
            for need in new {
                if Condition::of(self.cx, &need).is_none() {
                    self.begin(scope, need);
                }
            }
        });
    }
}

/// A panic in another thread comes to light where the scope ends.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
