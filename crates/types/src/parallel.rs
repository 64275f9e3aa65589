//! Packages checked side by side: each as soon as those that it imports are done.

use crate::{CheckResult, PackageInput, PkgId, Store, check_package};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What all threads see.
struct Work<'a, F> {
    store: &'a Store,
    input: F,
    /// For each package, how many of its imports are not checked yet.
    open: Vec<AtomicUsize>,
    /// For each package, which import it.
    importers: Vec<Vec<usize>>,
    results: Vec<OnceLock<CheckResult>>,
}

/// Checks packages on all cores. `imports` says for each package which ones it imports, by index and without cycles;
/// `input` gives a package's input and may ask for the ids of the packages that it imports.
///
/// The results are in the order of the packages and do not depend on the number of threads, but ids do: see
/// [`Store`].
///
/// # Panics
///
/// If `input` asks for a package that is not among the imports.
pub fn check_packages<F>(store: &Store, imports: &[Vec<usize>], input: F) -> Vec<CheckResult>
where
    F: Fn(usize, &dyn Fn(usize) -> PkgId) -> PackageInput + Sync,
{
    let mut importers = vec![Vec::new(); imports.len()];
    for (package, imports) in imports.iter().enumerate() {
        for &import in imports {
            importers[import].push(package);
        }
    }
    let work = Work {
        store,
        input,
        open: imports
            .iter()
            .map(|imports| AtomicUsize::new(imports.len()))
            .collect(),
        importers,
        results: imports.iter().map(|_| OnceLock::new()).collect(),
    };
    rayon::scope(|scope| {
        let ready = (0..imports.len()).filter(|&package| imports[package].is_empty());
        for package in ready {
            let work = &work;
            scope.spawn(move |scope| work.check(scope, package));
        }
    });
    work.results
        .into_iter()
        .map(|result| result.into_inner().expect("imports have no cycles"))
        .collect()
}

impl<F> Work<'_, F>
where
    F: Fn(usize, &dyn Fn(usize) -> PkgId) -> PackageInput + Sync,
{
    /// Checks a package whose imports are done, and then those for which it was the last one missing.
    fn check<'s>(&'s self, scope: &rayon::Scope<'s>, package: usize) {
        let id = |import: usize| {
            let result = self.results[import].get();
            result.expect("imports are checked first").package.id
        };
        let result = check_package(self.store, (self.input)(package, &id));
        let _ = self.results[package].set(result);
        for &importer in &self.importers[package] {
            if self.open[importer].fetch_sub(1, Ordering::AcqRel) == 1 {
                scope.spawn(move |scope| self.check(scope, importer));
            }
        }
    }
}
