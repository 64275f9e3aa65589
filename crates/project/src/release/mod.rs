//! Finding the Go release whose standard library is compiled, fetching it where none is installed.
//!
//! Tried in this order: the folder that `GOROOT` names; the release that an installed `go` belongs to; the copy
//! in the cache; the module proxy, which serves whole releases as versions of the module `golang.org/toolchain`.
//! Only the sources are kept of a fetched release, and those are the same in every platform's archive, so one
//! archive with one checksum serves every host.

mod archive;
mod dirhash;

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::atomic::unique;
use crate::environment::Environment;
use crate::error::{ErrorKind, ProjectError};
use crate::paths::to_slash;
use crate::proxy::Proxy;
use crate::version::{GoVersion, Rest};

pub(crate) use archive::{Limits, ZipSource, unpack_module_zip};
pub use dirhash::{FileHash, hash1};

/// A Go release as an archive on the module proxy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PinnedRelease {
    /// Major number.
    pub major: u32,
    /// Minor number: an installed release must agree with the major and this.
    pub minor: u32,
    /// Patch number of the release that is fetched.
    pub patch: u32,
    /// The module's name on the proxy.
    pub module: &'static str,
    /// The module's version.
    pub module_version: &'static str,
    /// The checksum of its archive, as in `go.sum`.
    pub sum: &'static str,
}

/// The Go release this compiler is made for. The checksum is that of the public checksum database.
pub const RELEASE: PinnedRelease = PinnedRelease {
    major: 1,
    minor: 26,
    patch: 8,
    module: "golang.org/toolchain",
    module_version: "v0.0.1-go1.26.8.linux-amd64",
    sum: "h1:ZOmGe1OnfREDMIdb1Qi4G9JSuDPBLGExZMQ4nis1RXM=",
};

impl PinnedRelease {
    /// The exact version that is fetched.
    pub const fn version(&self) -> GoVersion {
        GoVersion {
            major: self.major,
            minor: self.minor,
            rest: Rest::Patch(self.patch),
        }
    }

    /// Whether the compiler works with a release: any patch of the pinned minor version.
    pub const fn accepts(&self, version: GoVersion) -> bool {
        version.major == self.major && version.minor == self.minor
    }
}

/// The largest archive of a release that is fetched, in bytes.
const MAX_ARCHIVE: u64 = 500 << 20;

/// How a release was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReleaseSource {
    /// `GOROOT` names it.
    Goroot,
    /// An installed `go` belongs to it.
    Installed,
    /// It was fetched by an earlier run.
    Cached,
    /// It was fetched just now.
    Fetched,
}

/// A Go release on this machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoRelease {
    /// Its root folder; the standard library lies in `src` below it.
    pub root: PathBuf,
    /// Its version.
    pub version: GoVersion,
    /// How it was found.
    pub source: ReleaseSource,
}

/// Told about work that takes a while. The command line shows a bar; [`NoProgress`] shows nothing.
pub trait Progress: Sync {
    /// A step begins. `total` is the amount of work in units of the step, bytes or files, where known.
    fn begin(&self, step: &str, total: Option<u64>);
    /// So much of the current step is done in all. May be called from several threads.
    fn advance(&self, done: u64);
    /// The current step is over.
    fn end(&self);
}

/// Shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn begin(&self, _step: &str, _total: Option<u64>) {}
    fn advance(&self, _done: u64) {}
    fn end(&self) {}
}

impl GoRelease {
    /// Finds a release, or fetches the pinned one.
    ///
    /// # Errors
    /// [`ErrorKind::WrongRelease`] where `GOROOT` names a release of another version, and
    /// [`ErrorKind::NoRelease`] where none was found and none could be fetched; the message says what to do.
    pub fn find(env: &Environment, progress: &dyn Progress) -> Result<Self, ProjectError> {
        if let Some(root) = &env.goroot {
            return Self::from_goroot(root);
        }
        let installed =
            installed_root(env).and_then(|root| Self::read(&root, ReleaseSource::Installed));
        if let Some(release) = &installed
            && RELEASE.accepts(release.version)
        {
            return Ok(release.clone());
        }
        let cached = env
            .cache_dir()?
            .join("go")
            .join(format!("go{}", RELEASE.version()));
        if let Some(release) = Self::read(&cached, ReleaseSource::Cached) {
            return Ok(release);
        }
        let fetched = fetch(env, &cached, progress).and_then(|()| {
            Self::read(&cached, ReleaseSource::Fetched).ok_or_else(|| {
                ProjectError::new(
                    ErrorKind::Archive,
                    "the fetched release has no VERSION file",
                )
            })
        });
        fetched.map_err(|reason| none_found(installed.map(|release| release.version), &reason))
    }

    /// The release that `GOROOT` names.
    fn from_goroot(root: &Path) -> Result<Self, ProjectError> {
        let help = format!(
            "set GOROOT to a Go {}.{} release, or unset it",
            RELEASE.major, RELEASE.minor
        );
        let Some(release) = Self::read(root, ReleaseSource::Goroot) else {
            let message = format!("GOROOT={} is not a Go release", root.display());
            return Err(ProjectError::new(ErrorKind::NoRelease, message).with_help(help));
        };
        if !RELEASE.accepts(release.version) {
            let message = format!(
                "GOROOT={} is Go {}, but polkago works with Go {}.{}",
                root.display(),
                release.version,
                RELEASE.major,
                RELEASE.minor
            );
            return Err(ProjectError::new(ErrorKind::WrongRelease, message).with_help(help));
        }
        Ok(release)
    }

    /// Looks whether a folder holds a release with its standard library.
    fn read(root: &Path, source: ReleaseSource) -> Option<Self> {
        let root = std::path::absolute(root).ok()?;
        let version =
            GoVersion::parse_release(&std::fs::read_to_string(root.join("VERSION")).ok()?)?;
        let src = root.join("src");
        (src.join("runtime").is_dir() && src.join("fmt").is_dir()).then_some(Self {
            root,
            version,
            source,
        })
    }

    /// The folder of the standard library.
    pub fn src(&self) -> PathBuf {
        self.root.join("src")
    }
}

impl fmt::Display for GoRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "go{}", self.version)
    }
}

/// The root of the release that an installed `go` belongs to: what `go env GOROOT` answers. Where the program
/// lies in the `bin` folder of a release the answer is known without starting it.
fn installed_root(env: &Environment) -> Option<PathBuf> {
    let name = if cfg!(windows) { "go.exe" } else { "go" };
    let go = std::env::split_paths(env.path.as_ref()?)
        .map(|dir| dir.join(name))
        .find(|go| go.is_file())?;
    let real = go.canonicalize().ok()?;
    if let Some(root) = real.parent().and_then(Path::parent)
        && root.join("VERSION").is_file()
    {
        return Some(root.to_path_buf());
    }
    // A wrapper script, say. With any other setting it might start to fetch a toolchain of its own.
    let mut command = Command::new(go);
    command
        .args(["env", "GOROOT"])
        .env("GOTOOLCHAIN", "local")
        .stdin(Stdio::null());
    let output = command.output().ok()?;
    let root = String::from_utf8(output.stdout).ok()?;
    let root = root.trim();
    (output.status.success() && !root.is_empty()).then(|| root.into())
}

/// Fetches the pinned release and unpacks its sources to `to`.
fn fetch(env: &Environment, to: &Path, progress: &dyn Progress) -> Result<(), ProjectError> {
    let proxy = Proxy::new(env.goproxy())?;
    let step = format!("Fetching Go {}", RELEASE.version());
    let parent = to.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent)
        .map_err(|e| ProjectError::io("mkdir", &to_slash(parent), &e))?;
    let temporary = unique(to);
    let path = format!("{}/@v/{}.zip", RELEASE.module, RELEASE.module_version);
    let result = proxy
        .file(&path, MAX_ARCHIVE, &temporary, &step, progress)
        .and_then(|()| unpack(&temporary, to, progress));
    _ = std::fs::remove_file(&temporary);
    result
}

/// Unpacks the sources of the pinned release.
fn unpack(zip: &Path, to: &Path, progress: &dyn Progress) -> Result<(), ProjectError> {
    let source = ZipSource::open(zip).map_err(|e| ProjectError::io("open", &to_slash(zip), &e))?;
    let prefix = format!("{}@{}/", RELEASE.module, RELEASE.module_version);
    let keep = |name: &str| {
        let kept = name.starts_with("src/") || matches!(name, "VERSION" | "LICENSE" | "PATENTS");
        // A module may not hold a nested go.mod, so the archive spells it with an underscore.
        kept.then(|| match name.strip_suffix("_go.mod") {
            Some(dir) if dir.ends_with('/') => format!("{dir}go.mod"),
            _ => name.to_string(),
        })
    };
    let limits = Limits {
        files: 50_000,
        bytes: 2 << 30,
    };
    progress.begin(&format!("Unpacking Go {}", RELEASE.version()), None);
    let verify = |sum: &str| {
        if sum == RELEASE.sum {
            return Ok(());
        }
        let module = prefix.trim_end_matches('/');
        let message = format!(
            "verifying {module}: checksum mismatch\n\tdownloaded: {sum}\n\texpected:   {}",
            RELEASE.sum
        );
        Err(ProjectError::new(ErrorKind::Checksum, message))
    };
    let result = unpack_module_zip(source, &prefix, &verify, to, limits, &keep, progress);
    progress.end();
    result
}

/// The one error for "nothing installed, nothing cached, nothing fetched".
fn none_found(installed: Option<GoVersion>, reason: &ProjectError) -> ProjectError {
    let (major, minor) = (RELEASE.major, RELEASE.minor);
    let found = match installed {
        Some(version) => format!(" (the installed one is Go {version})"),
        None => String::new(),
    };
    let message =
        format!("no Go {major}.{minor} release found{found}, and none could be fetched: {reason}");
    let help = format!(
        "install Go {major}.{minor} from https://go.dev/dl, set GOROOT to such a release, \
         or run once with the network on and GOPROXY not off"
    );
    ProjectError::new(ErrorKind::NoRelease, message).with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release_in(dir: &Path, version: &str) {
        for sub in ["src/runtime", "src/fmt", "bin"] {
            std::fs::create_dir_all(dir.join(sub)).expect("folder");
        }
        std::fs::write(dir.join("VERSION"), format!("go{version}\ntime x\n")).expect("file");
        let go = if cfg!(windows) { "go.exe" } else { "go" };
        std::fs::write(dir.join("bin").join(go), "").expect("file");
    }

    fn offline(cache: &Path) -> Environment {
        Environment {
            goproxy: Some("off".to_string()),
            polkago_cache: Some(cache.into()),
            ..Environment::default()
        }
    }

    #[test]
    fn goroot_must_be_of_the_pinned_minor() {
        let dir = tempfile::tempdir().expect("folder");
        let mut env = offline(dir.path());
        env.goroot = Some(dir.path().join("go"));
        let error = GoRelease::find(&env, &NoProgress).expect_err("missing");
        assert_eq!(error.kind, ErrorKind::NoRelease);
        release_in(&dir.path().join("go"), "1.24.3");
        let error = GoRelease::find(&env, &NoProgress).expect_err("old");
        assert_eq!(error.kind, ErrorKind::WrongRelease);
        assert!(
            error
                .message
                .contains("is Go 1.24.3, but polkago works with Go 1.26"),
            "{error}"
        );
        release_in(&dir.path().join("go"), "1.26.1");
        let release = GoRelease::find(&env, &NoProgress).expect("right");
        assert_eq!(release.version.to_string(), "1.26.1");
    }

    #[test]
    fn an_old_installed_release_yields_to_the_cache() {
        let dir = tempfile::tempdir().expect("folder");
        let mut env = offline(dir.path());
        release_in(&dir.path().join("old"), "1.22.0");
        env.path = Some(dir.path().join("old").join("bin").into());
        let error = GoRelease::find(&env, &NoProgress).expect_err("old and offline");
        let want = "no Go 1.26 release found (the installed one is Go 1.22.0), and none could be fetched: \
                    module lookup disabled by GOPROXY=off\n\
                    \tinstall Go 1.26 from https://go.dev/dl, set GOROOT to such a release, \
                    or run once with the network on and GOPROXY not off";
        assert_eq!(error.to_string(), want);
        release_in(
            &dir.path()
                .join("go")
                .join(format!("go{}", RELEASE.version())),
            "1.26.8",
        );
        let release = GoRelease::find(&env, &NoProgress).expect("cached");
        assert_eq!(release.source, ReleaseSource::Cached);
        release_in(&dir.path().join("old"), "1.26.0");
        let release = GoRelease::find(&env, &NoProgress).expect("installed");
        assert_eq!(release.source, ReleaseSource::Installed);
    }
}
