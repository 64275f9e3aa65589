//! Packages on threads: each is finished once all that it imports are, and its files are read before that.
//!
//! A unit is a package. Its files are read one by one, on any thread and in any order; then, when the units that it
//! imports are finished, it is finished itself, by one thread. What is started first is what most work waits for:
//! the unit whose longest chain of importers is heaviest. So that memory stays bounded, reading runs ahead of
//! finishing only by so many bytes.
//!
//! The results do not depend on the number of threads: a unit's work sees its own files and, by whatever the caller
//! keeps, the finished units that it imports.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A unit of work.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unit {
    /// The units that must be finished before it, all with smaller indices.
    pub imports: Vec<usize>,
    /// Sizes of its files in bytes.
    pub files: Vec<usize>,
}

/// What is done with units.
pub(crate) trait Work: Sync {
    /// What reading a file gives.
    type Read: Send;
    /// What a unit gives in the end.
    type Done: Send;

    /// Reads a file of a unit.
    fn read(&self, unit: usize, file: usize) -> Self::Read;

    /// Finishes a unit, whose files are read and whose imports are finished.
    fn finish(&self, unit: usize, files: Vec<Self::Read>) -> Self::Done;
}

/// Bytes of files that are read and whose unit is not finished: beyond that only units that are begun are read on.
const AHEAD: usize = 8 << 20;

/// Stack of a thread, in bytes. It is address space; memory is taken as it is used.
pub(crate) const STACK: usize = 64 << 20;

/// Does the work of all units on `threads` threads and gives the results in the order of the units.
pub(crate) fn run<W: Work>(units: &[Unit], threads: usize, work: &W) -> Vec<W::Done> {
    let pool = Pool {
        units,
        state: Mutex::new(State::new(units)),
        changed: Condvar::new(),
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            std::thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, || pool.work(work))
                .expect("the system gives the threads that it has cores for");
        }
    });
    let state = pool
        .state
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    state
        .progress
        .into_iter()
        .map(|progress| match progress {
            Progress::Done(done) => done,
            Progress::Reading { .. } | Progress::Finishing => {
                unreachable!("units import only units before them, so all come to their turn")
            }
        })
        .collect()
}

struct Pool<'a, R, D> {
    units: &'a [Unit],
    state: Mutex<State<R, D>>,
    changed: Condvar,
}

/// How far a unit is.
enum Progress<R, D> {
    /// Files are read, imports are finished.
    Reading {
        files: Vec<Option<R>>,
        unread: usize,
        unfinished: usize,
    },
    /// A thread has it.
    Finishing,
    Done(D),
}

struct State<R, D> {
    progress: Vec<Progress<R, D>>,
    /// For each unit those that import it.
    importers: Vec<Vec<usize>>,
    /// The weight of the longest chain of importers that starts with a unit.
    heights: Vec<usize>,
    /// Units in the order in which they are read: heaviest chain first, which no import comes after.
    order: Vec<usize>,
    /// The next file to read: index into `order`, and the file's index.
    next: (usize, usize),
    /// Bytes read of units not finished.
    ahead: usize,
    /// Units that can be finished.
    ready: BinaryHeap<(usize, Reverse<usize>)>,
    /// Units not done.
    left: usize,
    /// A thread panicked.
    failed: bool,
}

enum Job<R> {
    Read(usize, usize),
    Finish(usize, Vec<R>),
}

impl<R, D> State<R, D> {
    fn new(units: &[Unit]) -> Self {
        let mut importers = vec![Vec::new(); units.len()];
        for (index, unit) in units.iter().enumerate() {
            for &import in &unit.imports {
                importers[import].push(index);
            }
        }
        let mut heights = vec![0; units.len()];
        for index in (0..units.len()).rev() {
            let above = importers[index].iter().map(|&i: &usize| heights[i]).max();
            // One more than the bytes, so that an import is always heavier than its importers.
            heights[index] = above.unwrap_or(0) + weight(&units[index]) + 1;
        }
        let mut order: Vec<usize> = (0..units.len()).collect();
        order.sort_by_key(|&index| (Reverse(heights[index]), index));
        let progress = units.iter().map(|unit| Progress::Reading {
            files: unit.files.iter().map(|_| None).collect(),
            unread: unit.files.len(),
            unfinished: unit.imports.len(),
        });
        let mut state = Self {
            progress: progress.collect(),
            importers,
            heights,
            order,
            next: (0, 0),
            ahead: 0,
            ready: BinaryHeap::new(),
            left: units.len(),
            failed: false,
        };
        for index in 0..units.len() {
            state.enqueue(index);
        }
        state
    }

    /// Marks a unit as ready if nothing is missing any more.
    fn enqueue(&mut self, unit: usize) {
        if let Progress::Reading {
            unread: 0,
            unfinished: 0,
            ..
        } = self.progress[unit]
        {
            self.ready.push((self.heights[unit], Reverse(unit)));
        }
    }

    /// The most urgent thing to do, if there is something that can be done now.
    fn next_job(&mut self, units: &[Unit]) -> Option<Job<R>> {
        if let Some((_, Reverse(unit))) = self.ready.pop() {
            let progress = std::mem::replace(&mut self.progress[unit], Progress::Finishing);
            let Progress::Reading { files, .. } = progress else {
                unreachable!("a unit is ready once");
            };
            let files = files.into_iter().flatten().collect();
            return Some(Job::Finish(unit, files));
        }
        loop {
            let (at, file) = self.next;
            let &unit = self.order.get(at)?;
            if file == units[unit].files.len() {
                self.next = (at + 1, 0);
                continue;
            }
            if file == 0 {
                // In order no unit comes before its imports: the first that is not finished is being read or can be
                // finished, so waiting ends.
                if self.ahead > AHEAD {
                    return None;
                }
                self.ahead += weight(&units[unit]);
            }
            self.next = (at, file + 1);
            return Some(Job::Read(unit, file));
        }
    }

    fn has_read(&mut self, unit: usize, file: usize, result: R) {
        let Progress::Reading { files, unread, .. } = &mut self.progress[unit] else {
            unreachable!("files are read before the unit is finished");
        };
        files[file] = Some(result);
        *unread -= 1;
        self.enqueue(unit);
    }

    fn has_finished(&mut self, unit: usize, result: D, units: &[Unit]) {
        self.progress[unit] = Progress::Done(result);
        self.left -= 1;
        self.ahead -= weight(&units[unit]);
        for importer in std::mem::take(&mut self.importers[unit]) {
            if let Progress::Reading { unfinished, .. } = &mut self.progress[importer] {
                *unfinished -= 1;
            }
            self.enqueue(importer);
        }
    }
}

fn weight(unit: &Unit) -> usize {
    unit.files.iter().sum()
}

impl<R: Send, D: Send> Pool<'_, R, D> {
    /// What each thread does until all units are done.
    fn work<W: Work<Read = R, Done = D>>(&self, work: &W) {
        let guard = FailGuard(self);
        let mut state = self.lock();
        while state.left > 0 && !state.failed {
            let Some(job) = state.next_job(self.units) else {
                state = self
                    .changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            drop(state);
            match job {
                Job::Read(unit, file) => {
                    let result = work.read(unit, file);
                    state = self.lock();
                    state.has_read(unit, file, result);
                }
                Job::Finish(unit, files) => {
                    let result = work.finish(unit, files);
                    state = self.lock();
                    state.has_finished(unit, result, self.units);
                }
            }
            self.changed.notify_all();
        }
        drop(state);
        std::mem::forget(guard);
    }

    fn lock(&self) -> MutexGuard<'_, State<R, D>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends the other threads home when one panics, so that the panic comes to light.
struct FailGuard<'p, 'a, R: Send, D: Send>(&'p Pool<'a, R, D>);

impl<R: Send, D: Send> Drop for FailGuard<'_, '_, R, D> {
    fn drop(&mut self) {
        self.0.lock().failed = true;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds up the indices of everything that a unit imports directly or indirectly, and counts what is read.
    struct Sum<'a> {
        units: &'a [Unit],
        done: Vec<Mutex<Option<u64>>>,
    }

    impl Work for Sum<'_> {
        type Read = (usize, usize);
        type Done = u64;

        fn read(&self, unit: usize, file: usize) -> (usize, usize) {
            (unit, file)
        }

        fn finish(&self, unit: usize, files: Vec<(usize, usize)>) -> u64 {
            let expected: Vec<_> = (0..self.units[unit].files.len())
                .map(|file| (unit, file))
                .collect();
            assert_eq!(files, expected);
            let imports = self.units[unit].imports.iter();
            let below = imports.map(|&i| self.done[i].lock().expect("sound").expect("finished"));
            let sum = below.sum::<u64>().wrapping_add(unit as u64);
            *self.done[unit].lock().expect("sound") = Some(sum);
            sum
        }
    }

    /// Units that import some of those before them, by a fixed rule; one is larger than all that may be read ahead.
    fn units(n: usize) -> Vec<Unit> {
        let unit = |index: usize| Unit {
            imports: (0..index)
                .filter(|i| {
                    (i * 7 + index).is_multiple_of(13) || i + 1 == index && index.is_multiple_of(5)
                })
                .collect(),
            files: (0..index % 4)
                .map(|file| {
                    if index == n / 2 {
                        AHEAD + 1
                    } else {
                        (AHEAD >> 4) * file
                    }
                })
                .collect(),
        };
        (0..n).map(unit).collect()
    }

    #[test]
    fn every_number_of_threads_gives_the_same() {
        let units = units(200);
        let sums = |threads| {
            let work = Sum {
                units: &units,
                done: units.iter().map(|_| Mutex::new(None)).collect(),
            };
            run(&units, threads, &work)
        };
        let one = sums(1);
        assert_eq!(one.len(), 200);
        for threads in [2, 8] {
            assert_eq!(sums(threads), one);
        }
        assert_eq!(run(&[], 2, &NoWork), []);
    }

    struct NoWork;

    impl Work for NoWork {
        type Read = ();
        type Done = ();

        fn read(&self, _: usize, _: usize) {}

        fn finish(&self, unit: usize, _: Vec<()>) {
            assert_ne!(unit, 3, "told to fail");
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_comes_to_light() {
        run(&units(50), 4, &NoWork);
    }
}
