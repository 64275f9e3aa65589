//! The client side of the module proxy protocol.
//!
//! Source of the rule: *Go Modules Reference*, sections *GOPROXY protocol* and *Module paths*. `GOPROXY` is a
//! list: after a comma the next proxy is asked only if this one does not have the module (404 or 410), after a
//! bar whatever went wrong. Fetching from version control (`direct`) is not supported.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use crate::error::{ErrorKind, ProjectError};
use crate::release::Progress;

/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a proxy may think before it answers; it may have to fetch the module itself.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// How long an answer may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(10 * 60);

/// Bytes of a proxy's explanation that are shown.
const MAX_EXPLANATION: u64 = 500;

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
        Ok(Self {
            sources,
            agent: agent(ANSWER_TIMEOUT),
        })
    }

    /// What a proxy has at a path below its address, of at most `limit` bytes.
    ///
    /// # Errors
    /// [`ErrorKind::Download`], with the reason.
    pub fn bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, ProjectError> {
        let mut bytes = Vec::new();
        self.ask(path, limit, &mut |reader, _| {
            bytes.clear();
            reader.read_to_end(&mut bytes).map(|n| n as u64)
        })?;
        Ok(bytes)
    }

    /// Writes what a proxy has at a path to a file, of at most `limit` bytes; `step` is what the progress says
    /// meanwhile, in bytes. After an error the file may be there in part.
    ///
    /// # Errors
    /// [`ErrorKind::Download`], with the reason.
    pub fn file(
        &self,
        path: &str,
        limit: u64,
        to: &Path,
        step: &str,
        progress: &dyn Progress,
    ) -> Result<(), ProjectError> {
        self.ask(path, limit, &mut |reader, total| {
            progress.begin(step, total);
            let copied = copy(reader, to, progress);
            progress.end();
            copied
        })
    }

    /// Asks one proxy after the other and gives the first answer to `take`, which tells how many bytes it read.
    fn ask(&self, path: &str, limit: u64, take: Take<'_>) -> Result<(), ProjectError> {
        let mut first_missing: Option<ProjectError> = None;
        for source in &self.sources {
            match self.fetch(&source.place, path, limit, take) {
                Ok(()) => return Ok(()),
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

    fn fetch(&self, place: &Place, path: &str, limit: u64, take: Take<'_>) -> Result<(), Failure> {
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
                let failed = |e: std::io::Error| {
                    let missing = e.kind() == std::io::ErrorKind::NotFound;
                    Failure::new(format!("reading {}: {e}", file.display()), missing)
                };
                let open = File::open(&file).map_err(failed)?;
                let total = open.metadata().ok().map(|meta| meta.len());
                let read = take(&mut open.take(limit + 1), total).map_err(failed)?;
                at_most(read, limit)
                    .map_err(|e| Failure::new(format!("reading {}: {e}", file.display()), false))
            }
            Place::Http(base) => self.get(&format!("{base}/{path}"), limit, take),
        }
    }

    fn get(&self, url: &str, limit: u64, take: Take<'_>) -> Result<(), Failure> {
        let failed = |reason: &dyn std::fmt::Display| {
            Failure::new(format!("reading {url}: {reason}"), false)
        };
        let response = self.agent.get(url).call().map_err(|e| failed(&e))?;
        let status = response.status();
        let body = response.into_body();
        let total = body.content_length();
        let reader = body.into_reader();
        if !status.is_success() {
            let missing = matches!(status.as_u16(), 404 | 410);
            let explanation = explanation(reader);
            let message = format!("reading {url}: {status}{explanation}");
            return Err(Failure::new(message, missing));
        }
        if total.is_some_and(|total| total > limit) {
            return Err(failed(&too_large(limit)));
        }
        let read = take(&mut reader.take(limit + 1), total).map_err(|e| failed(&e))?;
        at_most(read, limit).map_err(|e| failed(&e))
    }
}

/// Takes an answer and its length where known, and tells how many bytes it read.
type Take<'a> = &'a mut dyn FnMut(&mut dyn Read, Option<u64>) -> std::io::Result<u64>;

/// An HTTP client.
fn agent(answer_timeout: Duration) -> Agent {
    // The platform's own trust store, so that proxies with a company's certificate work.
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    let config = Agent::config_builder()
        .timeout_connect(Some(CONNECT_TIMEOUT))
        .timeout_recv_response(Some(answer_timeout))
        .timeout_recv_body(Some(BODY_TIMEOUT))
        .http_status_as_error(false)
        .user_agent(concat!("polkago/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls)
        .build();
    config.into()
}

fn too_large(limit: u64) -> String {
    format!("answer larger than {} MiB", limit >> 20)
}

fn at_most(read: u64, limit: u64) -> Result<(), String> {
    if read > limit {
        return Err(too_large(limit));
    }
    Ok(())
}

/// What a proxy says about a refusal, if that is one line of text.
fn explanation(reader: impl Read) -> String {
    let mut text = String::new();
    let read = reader.take(MAX_EXPLANATION).read_to_string(&mut text);
    let line = text.trim();
    if read.is_err() || line.is_empty() || line.starts_with('<') || line.contains(char::is_control)
    {
        return String::new();
    }
    format!("\n\tserver response: {line}")
}

fn copy(reader: &mut dyn Read, to: &Path, progress: &dyn Progress) -> std::io::Result<u64> {
    let mut file = File::create(to)?;
    let mut buffer = vec![0; 1 << 16];
    let mut done = 0;
    loop {
        let n = reader.read(&mut buffer)?;
        if n == 0 {
            return Ok(done);
        }
        file.write_all(&buffer[..n])?;
        done += n as u64;
        progress.advance(done);
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

    const LIMIT: u64 = 1000;

    fn zip(goproxy: &str) -> Result<Vec<u8>, String> {
        let proxy = Proxy::new(goproxy).map_err(|e| e.message)?;
        proxy
            .bytes("example.com/!m/@v/v1.0.0.zip", LIMIT)
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

    /// A server that gives each request to `answer` and closes the connection; its address.
    fn server(answer: impl Fn(&mut std::net::TcpStream, &str) + Send + 'static) -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("address"));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut request = Vec::new();
                let mut byte = [0];
                while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n > 0)
                {
                    request.push(byte[0]);
                }
                answer(&mut stream, &String::from_utf8_lossy(&request));
            }
        });
        address
    }

    /// A server with one answer.
    fn fixed(answer: &'static str) -> String {
        server(move |stream, _| _ = stream.write_all(answer.as_bytes()))
    }

    #[test]
    fn refusals_lead_to_the_next_proxy_or_end_there() {
        let full = fixed("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nzip");
        let missing =
            fixed("HTTP/1.1 404 Not Found\r\ncontent-length: 17\r\n\r\nnot found: no tag");
        let gone = fixed("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n");
        let broken = fixed("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 6\r\n\r\n<html>");
        let at = "example.com/!m/@v/v1.0.0.zip";
        assert_eq!(
            zip(&format!("{missing},{full}")).as_deref(),
            Ok(&b"zip"[..])
        );
        assert_eq!(zip(&format!("{gone},{full}")).as_deref(), Ok(&b"zip"[..]));
        assert_eq!(zip(&format!("{broken}|{full}")).as_deref(), Ok(&b"zip"[..]));
        assert_eq!(
            zip(&format!("{broken},{full}")),
            Err(format!("reading {broken}/{at}: 500 Internal Server Error"))
        );
        assert_eq!(
            zip(&format!("{missing},{gone},off")),
            Err(format!(
                "reading {missing}/{at}: 404 Not Found\n\tserver response: not found: no tag"
            ))
        );
    }

    #[test]
    fn answers_are_bounded_and_whole() {
        let long = fixed("HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\nx");
        assert!(zip(&long).expect_err("long").contains("answer larger than"));
        let endless = server(|stream, _| {
            let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
            let sent = stream.write_all(head.as_bytes());
            // Until the client has had enough.
            while sent.is_ok() && stream.write_all(&[b'x'; 4096]).is_ok() {}
        });
        assert!(
            zip(&endless)
                .expect_err("endless")
                .contains("answer larger than")
        );
        let cut = fixed("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nzip");
        assert!(zip(&cut).is_err());
        let junk = fixed("junk\r\n\r\n");
        assert!(zip(&junk).is_err());
    }

    #[test]
    fn a_proxy_that_never_answers_is_left() {
        let silent = server(|stream, _| _ = stream.read(&mut [0; 1]));
        let proxy = Proxy {
            agent: agent(Duration::from_millis(100)),
            ..Proxy::new(&silent).expect("address")
        };
        let error = proxy.bytes("x/@v/v1.0.0.mod", LIMIT).expect_err("silent");
        assert!(error.message.contains("timeout"), "{error}");
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
