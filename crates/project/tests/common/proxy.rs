//! A module proxy in a folder, as `GOPROXY=file://...` names one, and a machine around it: a Go release with a bit
//! of std, a module that is worked on, and caches.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use polkago_project::{
    Config, Environment, Fetcher, FileHash, GoVersion, NoProgress, OsFs, Target, WorkFile, hash1,
};

/// A folder that goes when it is dropped, with everything in it.
pub struct Machine {
    dir: tempfile::TempDir,
    /// The lines of `go.sum` for the modules on the proxy.
    pub go_sum: String,
    /// What `GOPROXY` says; the proxy's folder at first.
    pub goproxy: String,
    /// What `GOPRIVATE` says.
    pub goprivate: Option<String>,
}

impl Machine {
    /// A machine with an empty proxy.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("folder");
        let proxy = dir.path().join("proxy");
        let machine = Self {
            goproxy: file_url(&proxy),
            dir,
            go_sum: String::new(),
            goprivate: None,
        };
        machine.write("go/src/fmt/print.go", "package fmt\n");
        machine.write("go/src/testing/testing.go", "package testing\n");
        machine
    }

    /// A folder of the machine.
    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// Writes a file; `m/` is the module that is worked on.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        std::fs::write(path, content).expect("file");
    }

    /// Puts a module on the proxy, with its `go.mod` file first, and adds its checksums.
    pub fn publish(&mut self, path: &str, version: &str, files: &[(&str, &str)]) {
        let prefix = format!("{path}@{version}");
        let named: Vec<_> = files
            .iter()
            .map(|(name, content)| (format!("{prefix}/{name}"), *content))
            .collect();
        let go_mod = files
            .iter()
            .find(|(name, _)| *name == "go.mod")
            .map_or(format!("module {path}\n"), |(_, content)| {
                (*content).to_string()
            });
        let sum = hash1(
            named
                .iter()
                .map(|(name, text)| FileHash::new(name, text.as_bytes()))
                .collect(),
        );
        self.publish_raw(path, version, &go_mod, &zip_of(&named), &sum);
    }

    /// Puts a module on the proxy as it is, with a checksum for its archive.
    pub fn publish_raw(&mut self, path: &str, version: &str, go_mod: &str, zip: &[u8], sum: &str) {
        let at = format!("proxy/{}/@v", escape(path));
        self.write(&format!("{at}/{version}.mod"), go_mod);
        self.write(&format!("{at}/{version}.zip"), zip);
        self.write(
            &format!("{at}/{version}.info"),
            format!("{{\"Version\":\"{version}\",\"Time\":\"2024-01-01T00:00:00Z\"}}"),
        );
        let mod_sum = hash1(vec![FileHash::new("go.mod", go_mod.as_bytes())]);
        self.go_sum.push_str(&format!(
            "{path} {version} {sum}\n{path} {version}/go.mod {mod_sum}\n"
        ));
    }

    /// The settings for work on the module `m`.
    pub fn config(&self) -> Config {
        let env = Environment {
            goproxy: Some(self.goproxy.clone()),
            goprivate: self.goprivate.clone(),
            polkago_cache: Some(self.path("cache")),
            ..Environment::default()
        };
        let fetcher = Fetcher::new(&env, Arc::new(NoProgress)).expect("cache");
        Config {
            fs: Arc::new(OsFs),
            current_dir: self.path("m"),
            target: Target::official("linux", "amd64"),
            goroot: self.path("go"),
            go_version: GoVersion::parse("1.26.8").expect("valid"),
            module_cache: Some(self.path("gomodcache")),
            fetcher: Some(Arc::new(fetcher)),
            mod_flag: None,
            work_file: WorkFile::Off,
            tests: false,
            test_programs: false,
            implicit: Vec::new(),
        }
    }
}

/// An archive of some files, named in full.
pub fn zip_of<N: AsRef<str>>(files: &[(N, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name.as_ref(), zip::write::SimpleFileOptions::default())
            .expect("start");
        zip.write_all(content.as_bytes()).expect("write");
    }
    zip.finish().expect("finish").into_inner()
}

/// A folder as an address.
pub fn file_url(path: &Path) -> String {
    let text = path.display().to_string().replace('\\', "/");
    format!(
        "file://{}{text}",
        if text.starts_with('/') { "" } else { "/" }
    )
}

fn escape(path: &str) -> String {
    let mut out = String::new();
    for c in path.chars() {
        if c.is_ascii_uppercase() {
            out.push('!');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
