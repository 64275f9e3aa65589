//! The environment variables that steer this crate, read once, so that tests need not change the process's own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::error::{ErrorKind, ProjectError};

/// Where Go modules come from unless `GOPROXY` says otherwise.
const DEFAULT_GOPROXY: &str = "https://proxy.golang.org";

/// What `-mod` in `GOFLAGS` asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ModFlag {
    /// Modules come from the caches, whatever vendor folders there are.
    Readonly,
    /// Modules come from the vendor folder.
    Vendor,
}

/// Which `go.work` file counts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum WorkFile {
    /// The first one from the current folder upward.
    #[default]
    Upward,
    /// This one.
    File(PathBuf),
    /// None.
    Off,
}

/// The settings that come from outside of the command line. A variable that is set to nothing counts as unset.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Environment {
    /// `GOROOT`: the Go release to use.
    pub goroot: Option<PathBuf>,
    /// `GOPATH`: its first folder holds the module cache unless `GOMODCACHE` is set.
    pub gopath: Option<OsString>,
    /// `GOMODCACHE`: the module cache.
    pub gomodcache: Option<PathBuf>,
    /// `GOPROXY`: where modules are fetched from; `off` forbids all network use.
    pub goproxy: Option<String>,
    /// `GOFLAGS`: flags that every command starts with; `-mod` and `-tags` count here.
    pub goflags: Option<String>,
    /// `GOWORK`: the `go.work` file, or `off`.
    pub gowork: Option<OsString>,
    /// `GOPRIVATE`: modules that no proxy may be asked for, unless `GONOPROXY` says otherwise.
    pub goprivate: Option<String>,
    /// `GONOPROXY`: modules that no proxy may be asked for.
    pub gonoproxy: Option<String>,
    /// `POLKAGO_CACHE`: the folder for what this program keeps between runs.
    pub polkago_cache: Option<PathBuf>,
    /// `PATH`: where an installed `go` is looked for.
    pub path: Option<OsString>,
    /// The user's home folder.
    pub home: Option<PathBuf>,
}

impl Environment {
    /// Reads the process's environment, and for Go's own variables also the file that `go env -w` writes.
    pub fn from_process() -> Self {
        let written = GoEnvFile::read();
        let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let go_var = |name: &str| var(name).or_else(|| written.get(name).map(OsString::from));
        let text = |name: &str| go_var(name).and_then(|value| value.into_string().ok());
        Self {
            goroot: go_var("GOROOT").map(PathBuf::from),
            gopath: go_var("GOPATH"),
            gomodcache: go_var("GOMODCACHE").map(PathBuf::from),
            goproxy: text("GOPROXY"),
            goflags: text("GOFLAGS"),
            gowork: go_var("GOWORK"),
            goprivate: text("GOPRIVATE"),
            gonoproxy: text("GONOPROXY"),
            polkago_cache: var("POLKAGO_CACHE").map(PathBuf::from),
            path: var("PATH"),
            home: etcetera::home_dir().ok(),
        }
    }

    /// The proxies to ask, as written in `GOPROXY`.
    pub fn goproxy(&self) -> &str {
        self.goproxy.as_deref().unwrap_or(DEFAULT_GOPROXY)
    }

    /// The modules that no proxy may be asked for: patterns with commas between them.
    pub fn gonoproxy(&self) -> &str {
        self.gonoproxy
            .as_deref()
            .or(self.goprivate.as_deref())
            .unwrap_or_default()
    }

    /// The value of a flag in `GOFLAGS`; the last one counts.
    fn go_flag(&self, name: &str) -> Option<&str> {
        let flags = self.goflags.as_deref()?.split_whitespace().rev();
        let mut values = flags.filter_map(|flag| {
            flag.trim_start_matches('-')
                .split_once('=')
                .filter(|(flag, _)| *flag == name)
        });
        values.next().map(|(_, value)| value)
    }

    /// `-mod` in `GOFLAGS`.
    ///
    /// # Errors
    /// Where it is none of the values that the `go` command takes.
    pub fn mod_flag(&self) -> Result<Option<ModFlag>, ProjectError> {
        match self.go_flag("mod") {
            None => Ok(None),
            Some("vendor") => Ok(Some(ModFlag::Vendor)),
            // This program never changes a go.mod file, so that nothing is missing there stays an error.
            Some("readonly" | "mod") => Ok(Some(ModFlag::Readonly)),
            Some(other) => {
                let message = format!(
                    "-mod={other} not supported (can be '', 'mod', 'readonly', or 'vendor')"
                );
                Err(ProjectError::new(ErrorKind::Argument, message))
            }
        }
    }

    /// The tags of `-tags` in `GOFLAGS`.
    pub fn build_tags(&self) -> impl Iterator<Item = &str> {
        self.go_flag("tags").unwrap_or_default().split(',')
    }

    /// Which `go.work` file counts.
    pub fn work_file(&self) -> WorkFile {
        match &self.gowork {
            None => WorkFile::Upward,
            Some(off) if off == "off" => WorkFile::Off,
            Some(auto) if auto == "auto" => WorkFile::Upward,
            Some(file) => WorkFile::File(PathBuf::from(file)),
        }
    }

    /// The module cache: `GOMODCACHE`, else `pkg/mod` in the first folder of `GOPATH`, which itself defaults
    /// to `go` in the home folder. `None` where there is no home either.
    pub fn module_cache(&self) -> Option<PathBuf> {
        if let Some(dir) = &self.gomodcache {
            return Some(dir.clone());
        }
        let gopath = match &self.gopath {
            Some(list) => std::env::split_paths(list).next()?,
            None => self.home.as_ref()?.join("go"),
        };
        Some(gopath.join("pkg").join("mod"))
    }

    /// The folder for what this program keeps between runs: `POLKAGO_CACHE`, else `polkago` in the platform's
    /// cache folder.
    ///
    /// # Errors
    /// Where the platform names no such folder.
    pub fn cache_dir(&self) -> Result<PathBuf, ProjectError> {
        if let Some(dir) = &self.polkago_cache {
            return Ok(std::path::absolute(dir).unwrap_or_else(|_| dir.clone()));
        }
        let strategy = etcetera::choose_base_strategy().map_err(|_| {
            let message = "no home folder for the cache: set POLKAGO_CACHE to a folder";
            ProjectError::new(ErrorKind::Io, message)
        })?;
        Ok(strategy.cache_dir().join("polkago"))
    }
}

/// The settings that `go env -w` keeps in a file of `NAME=value` lines.
struct GoEnvFile(String);

impl GoEnvFile {
    fn read() -> Self {
        let file = match std::env::var_os("GOENV").filter(|value| !value.is_empty()) {
            Some(off) if off == "off" => None,
            Some(file) => Some(PathBuf::from(file)),
            None => etcetera::base_strategy::choose_native_strategy()
                .ok()
                .map(|dirs| dirs.config_dir().join("go").join("env")),
        };
        let read = |file: &Path| std::fs::read_to_string(file).ok();
        Self(file.as_deref().and_then(read).unwrap_or_default())
    }

    fn get(&self, name: &str) -> Option<&str> {
        // The last line of a name counts.
        let mut lines = self.0.lines().rev().filter_map(|line| line.split_once('='));
        let (_, value) =
            lines.find(|(key, value)| key.trim() == name && !value.trim().is_empty())?;
        Some(value.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_cache_follows_gopath() {
        let mut env = Environment {
            home: Some("/home/u".into()),
            ..Environment::default()
        };
        assert_eq!(
            env.module_cache(),
            Some(Path::new("/home/u/go/pkg/mod").into())
        );
        env.gopath = Some(std::env::join_paths(["/g1", "/g2"]).expect("plain names"));
        assert_eq!(env.module_cache(), Some(Path::new("/g1/pkg/mod").into()));
        env.gomodcache = Some("/m".into());
        assert_eq!(env.module_cache(), Some(Path::new("/m").into()));
    }

    #[test]
    fn flags_are_read_from_goflags() {
        let mut env = Environment {
            goflags: Some("-buildvcs=false -mod=vendor -tags=a,b --mod=readonly".to_string()),
            ..Environment::default()
        };
        assert_eq!(env.mod_flag(), Ok(Some(ModFlag::Readonly)));
        assert_eq!(env.build_tags().collect::<Vec<_>>(), ["a", "b"]);
        env.goflags = Some("-mod=x".to_string());
        assert!(env.mod_flag().is_err());
        env.gowork = Some("off".into());
        assert_eq!(env.work_file(), WorkFile::Off);
    }

    #[test]
    fn written_settings_are_read_from_the_end() {
        let file = GoEnvFile("GOPROXY=a\nGOROOT=\nGOPROXY=b,off\n# c\n".to_string());
        assert_eq!(file.get("GOPROXY"), Some("b,off"));
        assert_eq!(file.get("GOROOT"), None);
    }
}
