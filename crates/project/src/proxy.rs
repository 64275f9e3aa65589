//! The client side of the module proxy protocol.
//!
//! Source of the rule: *Go Modules Reference*, sections *GOPROXY protocol* and *Module paths*. `GOPROXY` is a
//! list: after a comma the next proxy is asked only if this one does not have the module (404 or 410), after a
//! bar whatever went wrong. Fetching from version control (`direct`) is not supported.

use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use crate::error::{ErrorKind, ProjectError};
use crate::release::Progress;

/// The largest answer taken, in bytes; the official limit for a module's archive.
const MAX_BYTES: u64 = 500 << 20;

/// A list of proxies to ask in order.
#[derive(Debug)]
pub struct Proxy {
    sources: Vec<Source>,
    agent: Agent,
}

#[derive(Debug)]
struct Source {
    place: Place,
    /// Whether any failure leads to the next source, not only a missing module.
    fall_through: bool,
}

#[derive(Debug)]
enum Place {
    /// Base address without the last slash.
    Http(String),
    Folder(PathBuf),
    Direct,
    Off,
}

/// A failure, and whether it says that the proxy does not have what was asked for.
struct Failure {
    error: ProjectError,
    missing: bool,
}

impl Failure {
    fn new(message: String, missing: bool) -> Self {
        Self {
            error: ProjectError::new(ErrorKind::Download, message),
            missing,
        }
    }
}

impl Proxy {
    /// Reads a `GOPROXY` list.
    ///
    /// # Errors
    /// Where the list is empty or names something that is no proxy.
    pub fn new(goproxy: &str) -> Result<Self, ProjectError> {
        let mut sources = Vec::new();
        for part in goproxy.split_inclusive([',', '|']) {
            let fall_through = part.ends_with('|');
            let place = match part.trim_end_matches([',', '|']).trim() {
                "" => continue,
                "off" => Place::Off,
                "direct" => Place::Direct,
                url if url.starts_with("https://") || url.starts_with("http://") => {
                    Place::Http(url.trim_end_matches('/').to_string())
                }
                url => match url.strip_prefix("file://") {
                    Some(path) => Place::Folder(PathBuf::from(path)),
                    None => {
                        let message = format!("invalid proxy URL in GOPROXY: {url:?}");
                        return Err(ProjectError::new(ErrorKind::Download, message));
                    }
                },
            };
            sources.push(Source {
                place,
                fall_through,
            });
        }
        if sources.is_empty() {
            let message = "GOPROXY list is not the empty string, but contains no entries";
            return Err(ProjectError::new(ErrorKind::Download, message));
        }
        // The platform's own trust store, so that proxies with a company's certificate work.
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_recv_response(Some(Duration::from_secs(30)))
            .timeout_recv_body(Some(Duration::from_secs(30 * 60)))
            .user_agent(concat!("polkago/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls)
            .build();
        Ok(Self {
            sources,
            agent: config.into(),
        })
    }

    /// The archive of a module's version; `step` is what the progress says meanwhile, in bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Download`], with the reason.
    pub fn zip(
        &self,
        module: &str,
        version: &str,
        step: &str,
        progress: &dyn Progress,
    ) -> Result<Vec<u8>, ProjectError> {
        let path = format!("{}/@v/{}.zip", escape(module), escape(version));
        let mut first_missing: Option<ProjectError> = None;
        for source in &self.sources {
            match self.fetch(&source.place, &path, step, progress) {
                Ok(bytes) => return Ok(bytes),
                Err(failure) if failure.missing || source.fall_through => {
                    first_missing.get_or_insert(failure.error);
                }
                // What an earlier proxy said is worth more than "off" or "direct" at the end of the list.
                Err(failure) => {
                    return Err(match (&source.place, first_missing) {
                        (Place::Off | Place::Direct, Some(earlier)) => earlier,
                        _ => failure.error,
                    });
                }
            }
        }
        Err(first_missing
            .unwrap_or_else(|| ProjectError::new(ErrorKind::Download, "no proxy to ask")))
    }

    fn fetch(
        &self,
        place: &Place,
        path: &str,
        step: &str,
        progress: &dyn Progress,
    ) -> Result<Vec<u8>, Failure> {
        match place {
            Place::Off => Err(Failure::new(
                "module lookup disabled by GOPROXY=off".to_string(),
                false,
            )),
            Place::Direct => {
                let message =
                    "GOPROXY=direct is not supported, only module proxies are".to_string();
                Err(Failure::new(message, false))
            }
            Place::Folder(dir) => {
                let file = dir.join(path);
                std::fs::read(&file).map_err(|e| {
                    let missing = e.kind() == std::io::ErrorKind::NotFound;
                    Failure::new(format!("reading {}: {e}", file.display()), missing)
                })
            }
            Place::Http(base) => self.get(&format!("{base}/{path}"), step, progress),
        }
    }

    fn get(&self, url: &str, step: &str, progress: &dyn Progress) -> Result<Vec<u8>, Failure> {
        let failed = |reason: &dyn std::fmt::Display| {
            Failure::new(format!("reading {url}: {reason}"), false)
        };
        let response = match self.agent.get(url).call() {
            Ok(response) => response,
            Err(ureq::Error::StatusCode(code)) => {
                let missing = code == 404 || code == 410;
                return Err(Failure::new(
                    format!("reading {url}: HTTP status {code}"),
                    missing,
                ));
            }
            Err(e) => return Err(failed(&e)),
        };
        let body = response.into_body();
        let total = body.content_length();
        if total.is_some_and(|total| total > MAX_BYTES) {
            return Err(failed(&"answer too large"));
        }
        progress.begin(step, total);
        let read = read_with_progress(body.into_reader(), total, progress);
        progress.end();
        let bytes = read.map_err(|e| failed(&e))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(failed(&"answer too large"));
        }
        Ok(bytes)
    }
}

/// Reads at most one byte above the limit.
fn read_with_progress(
    reader: impl Read,
    total: Option<u64>,
    progress: &dyn Progress,
) -> std::io::Result<Vec<u8>> {
    let mut reader = reader.take(MAX_BYTES + 1);
    let mut bytes = Vec::with_capacity(total.unwrap_or(0) as usize);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = reader.read(&mut buffer)?;
        if n == 0 {
            return Ok(bytes);
        }
        bytes.extend_from_slice(&buffer[..n]);
        progress.advance(bytes.len() as u64);
    }
}

/// A module path or version as it stands in addresses and in the module cache: capitals become `!` and the
/// small letter, so that names stay apart where file names ignore case.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_uppercase() {
            out.push('!');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::NoProgress;

    fn zip(goproxy: &str) -> Result<Vec<u8>, String> {
        let proxy = Proxy::new(goproxy).map_err(|e| e.message)?;
        proxy
            .zip("example.com/M", "v1.0.0", "", &NoProgress)
            .map_err(|e| e.message)
    }

    #[test]
    fn lists_are_asked_in_order() {
        let dir = tempfile::tempdir().expect("folder");
        let at = dir.path().join("full").join("example.com/!m/@v");
        std::fs::create_dir_all(&at).expect("folder");
        std::fs::write(at.join("v1.0.0.zip"), "zip").expect("file");
        let full = format!("file://{}", dir.path().join("full").display());
        let empty = format!("file://{}", dir.path().join("empty").display());
        assert_eq!(zip(&full).as_deref(), Ok(&b"zip"[..]));
        assert_eq!(zip(&format!("{empty},{full}")).as_deref(), Ok(&b"zip"[..]));
        assert_eq!(zip(&format!("off|{full}")).as_deref(), Ok(&b"zip"[..]));
        assert_eq!(
            zip(&format!("off,{full}")),
            Err("module lookup disabled by GOPROXY=off".to_string())
        );
        assert!(
            zip(&format!("{empty},direct"))
                .expect_err("missing")
                .starts_with("reading ")
        );
        assert!(zip("direct").is_err());
        assert!(
            zip("ftp://x")
                .expect_err("scheme")
                .contains("invalid proxy URL")
        );
        assert!(zip(" , ").is_err());
    }

    #[test]
    fn an_unreachable_proxy_is_an_error() {
        // The port of the discard service is closed nearly everywhere, and nothing answers HTTP on it.
        let error = zip("http://127.0.0.1:9").expect_err("closed port");
        assert!(
            error.starts_with("reading http://127.0.0.1:9/example.com/!m/@v/v1.0.0.zip: "),
            "{error}"
        );
    }
}
