//! Fetching modules from the proxies of `GOPROXY` into a cache of our own.
//!
//! The cache has the layout of the official module cache, `PATH@VERSION` for files and
//! `cache/download/PATH/@v` for what belongs to them, but lies in this program's own folder: the user's
//! `GOMODCACHE` is read and never written. Whatever is put there arrives under its name all at once, after its
//! checksum has been compared, so a broken or concurrent run leaves nothing half-written.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::atomic::{unique, write_whole};
use crate::environment::Environment;
use crate::error::{ErrorKind, ProjectError};
use crate::module::{ModuleVersion, glob_list_matches};
use crate::paths::{join_slash, to_slash};
use crate::proxy::{Proxy, escape};
use crate::release::{Limits, NoProgress, Progress, ZipSource, unpack_module_zip};

/// The largest archive of a module, packed or unpacked, in bytes (*Go Modules Reference*, section *Module zip
/// files*, *File path and size constraints*).
const MAX_ZIP: u64 = 500 << 20;

/// The largest `go.mod` file, in bytes (as above).
const MAX_GO_MOD: u64 = 16 << 20;

/// More files than any real module has, so that the list of a hostile archive stays small.
const MAX_FILES: usize = 300_000;

/// Fetches modules.
pub struct Fetcher {
    root: PathBuf,
    proxy: Result<Proxy, ProjectError>,
    /// Modules that no proxy may be asked for: patterns as in `GOPRIVATE`.
    private: String,
    progress: Arc<dyn Progress + Send + Sync>,
    fetched: AtomicU64,
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

/// Where the parts of a module lie in a cache with the official layout.
pub(crate) struct CachePaths {
    /// The files.
    pub dir: PathBuf,
    /// The `go.mod` file alone.
    pub go_mod: PathBuf,
    /// The archive.
    pub zip: PathBuf,
    /// The archive's checksum.
    pub ziphash: PathBuf,
    /// There while the official command unpacks the archive.
    pub partial: PathBuf,
}

impl CachePaths {
    pub fn new(root: &Path, module: &ModuleVersion) -> Self {
        let (path, version) = (escape(&module.path), escape(module.version.as_str()));
        let beside = join_slash(root, &format!("cache/download/{path}/@v"));
        Self {
            dir: join_slash(root, &format!("{path}@{version}")),
            go_mod: beside.join(format!("{version}.mod")),
            zip: beside.join(format!("{version}.zip")),
            ziphash: beside.join(format!("{version}.ziphash")),
            partial: beside.join(format!("{version}.partial")),
        }
    }
}

/// Says whether a checksum is the right one.
pub(crate) type Verify<'a> = &'a (dyn Fn(&str) -> Result<(), ProjectError> + Sync);

impl Fetcher {
    /// A fetcher with the settings of an environment. That there is no usable proxy is said when one is needed.
    ///
    /// # Errors
    /// Where there is no folder for the cache.
    pub fn new(
        env: &Environment,
        progress: Arc<dyn Progress + Send + Sync>,
    ) -> Result<Self, ProjectError> {
        Ok(Self {
            root: env.cache_dir()?.join("mod"),
            proxy: Proxy::new(env.goproxy()),
            private: env.gonoproxy().to_string(),
            progress,
            fetched: AtomicU64::new(0),
        })
    }

    /// The root of the cache.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn proxy(&self, module: &ModuleVersion) -> Result<&Proxy, ProjectError> {
        if glob_list_matches(&self.private, &module.path) {
            let message = format!(
                "{module}: GONOPROXY or GOPRIVATE asks to fetch the module from version control, which is not \
                 supported; to fetch it into the module cache:"
            );
            let help = format!("go mod download {}", module.path);
            return Err(ProjectError::new(ErrorKind::Download, message).with_help(help));
        }
        self.proxy.as_ref().map_err(Clone::clone)
    }

    /// Says how many files have been fetched so far; the steps of parallel fetches would only flicker.
    fn count(&self) {
        let fetched = self.fetched.fetch_add(1, Ordering::Relaxed) + 1;
        if fetched == 1 {
            self.progress.begin("Fetching modules", None);
        }
        self.progress.advance(fetched);
    }

    /// Says that nothing more will be fetched for now.
    pub(crate) fn finish(&self) {
        if self.fetched.swap(0, Ordering::Relaxed) > 0 {
            self.progress.end();
        }
    }

    /// Fetches the `go.mod` file of a module. It is only kept with [`Self::keep_go_mod`].
    ///
    /// # Errors
    /// [`ErrorKind::Download`], with the reason.
    pub(crate) fn go_mod(&self, module: &ModuleVersion) -> Result<Vec<u8>, ProjectError> {
        let bytes = self
            .proxy(module)?
            .bytes(&at(module, "mod"), MAX_GO_MOD)
            .map_err(|e| named(module, e))?;
        self.count();
        Ok(bytes)
    }

    /// Puts a `go.mod` file, compared with its checksum, into the cache. That this fails costs time only.
    pub(crate) fn keep_go_mod(&self, module: &ModuleVersion, content: &[u8]) {
        _ = write_whole(&CachePaths::new(&self.root, module).go_mod, content);
    }

    /// Fetches a module's archive and unpacks it to a folder outside of the cache, to be worked on. Where the
    /// folder is there already, it is taken for that.
    ///
    /// # Errors
    /// [`ErrorKind::Download`] with the reason, [`ErrorKind::Checksum`] where the archive does not have the
    /// checksum `sum`, or what unpacking says.
    pub fn check_out(
        &self,
        module: &ModuleVersion,
        sum: &str,
        to: &Path,
    ) -> Result<(), ProjectError> {
        if to.is_dir() {
            return Ok(());
        }
        let verify = |got: &str| {
            if got == sum {
                return Ok(());
            }
            let message = format!(
                "verifying {module}: checksum mismatch\n\tdownloaded: {got}\n\texpected:   {sum}"
            );
            Err(ProjectError::new(ErrorKind::Checksum, message))
        };
        self.with_archive(module, |zip| unpack_archive(module, zip, to, &verify))
    }

    /// Fetches a module's archive and unpacks it into the cache. Gives the folder.
    ///
    /// # Errors
    /// [`ErrorKind::Download`] with the reason, what `verify` says, or what unpacking says.
    pub(crate) fn module(
        &self,
        module: &ModuleVersion,
        verify: Verify<'_>,
    ) -> Result<PathBuf, ProjectError> {
        self.with_archive(module, |zip| self.unpack(module, zip, verify))
    }

    /// Fetches a module's archive and does something with it.
    fn with_archive<T>(
        &self,
        module: &ModuleVersion,
        work: impl FnOnce(&Path) -> Result<T, ProjectError>,
    ) -> Result<T, ProjectError> {
        let proxy = self.proxy(module)?;
        let zip = CachePaths::new(&self.root, module).zip;
        let parent = zip.parent().unwrap_or(&self.root);
        std::fs::create_dir_all(parent)
            .map_err(|e| ProjectError::io("mkdir", &to_slash(parent), &e))?;
        let temporary = unique(&zip);
        let result = proxy
            .file(&at(module, "zip"), MAX_ZIP, &temporary, "", &NoProgress)
            .map_err(|e| named(module, e))
            .and_then(|()| work(&temporary));
        _ = std::fs::remove_file(&temporary);
        self.count();
        result
    }

    /// Unpacks an archive on this machine into the cache. Gives the folder.
    ///
    /// # Errors
    /// What `verify` says, or what unpacking says.
    pub(crate) fn unpack(
        &self,
        module: &ModuleVersion,
        zip: &Path,
        verify: Verify<'_>,
    ) -> Result<PathBuf, ProjectError> {
        let paths = CachePaths::new(&self.root, module);
        let ziphash = |sum: &str| {
            verify(sum)?;
            _ = write_whole(&paths.ziphash, sum.as_bytes());
            Ok(())
        };
        unpack_archive(module, zip, &paths.dir, &ziphash)?;
        Ok(paths.dir)
    }
}

fn unpack_archive(
    module: &ModuleVersion,
    zip: &Path,
    to: &Path,
    verify: Verify<'_>,
) -> Result<(), ProjectError> {
    let limits = Limits {
        files: MAX_FILES,
        bytes: MAX_ZIP,
    };
    let source = ZipSource::open(zip).map_err(|e| ProjectError::io("open", &to_slash(zip), &e))?;
    let keep = |name: &str| Some(name.to_string());
    let prefix = format!("{module}/");
    unpack_module_zip(source, &prefix, verify, to, limits, &keep, &NoProgress)
}

/// The address of a part of a module, below that of the proxy.
fn at(module: &ModuleVersion, ending: &str) -> String {
    format!(
        "{}/@v/{}.{ending}",
        escape(&module.path),
        escape(module.version.as_str())
    )
}

/// An error of the proxy with the module's name before it.
fn named(module: &ModuleVersion, error: ProjectError) -> ProjectError {
    ProjectError {
        message: format!("{module}: {}", error.message),
        ..error
    }
}
