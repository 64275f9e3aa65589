//! Generated Go code: from packages with directives to the texts of their generated files.

use crate::findings::{self, Source, arrange};
use crate::front::{self, Checked};
use crate::other_builds;
use crate::session::{Failure, Session};
use crate::{Diagnostic, Profile, Severity};
use cranelift_entity::EntityRef as _;
use polkago_generate::{Finding, Generated};
use polkago_project::{Graph, Origin, PackageId};
use polkago_types::PkgId;
use std::path::PathBuf;
use std::sync::Arc;

/// The generated file of a package.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GeneratedFile {
    /// Where it belongs.
    pub path: PathBuf,
    /// What it should hold; `None` if it should not be there.
    pub text: Option<String>,
    /// What it holds; `None` if it is not there.
    pub old: Option<Arc<[u8]>>,
}

impl GeneratedFile {
    /// Whether it is as it should be.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.old.as_deref() == self.text.as_deref().map(str::as_bytes)
    }
}

/// What generation gives.
#[derive(Clone, Debug)]
pub struct GenerateReport {
    /// The files of the packages that have directives or had them, in the order of the arguments. Where there are
    /// errors they are of no use.
    pub files: Vec<GeneratedFile>,
    /// Everything found.
    pub diagnostics: Vec<Diagnostic>,
}

/// The texts of a package's files.
type Texts = Vec<Arc<[u8]>>;

impl Session {
    /// Generates the code that the directives of packages ask for. The packages are checked without their generated
    /// files, so that what is missing or out of date does no harm.
    ///
    /// # Errors
    /// Where there is no Go release.
    pub fn generate(&self, arguments: &[String]) -> Result<GenerateReport, Failure> {
        let (mut graph, mut options) = self.load_for(arguments, Profile::Polkadot)?;
        options.directives = false;
        let roots: Vec<PackageId> = graph.roots.clone();
        let olds: Vec<Option<Arc<[u8]>>> = roots
            .iter()
            .map(|&root| take_generated(&mut graph, root))
            .collect();
        graph.errors.retain(|error| {
            let position = error.position.as_ref();
            !position.is_some_and(|p| polkago_generate::is_generated_path(&p.file))
        });
        let texts: Vec<Texts> = roots
            .iter()
            .map(|&root| {
                let files = graph.packages[root].files.iter();
                files.map(|file| file.content.clone()).collect()
            })
            .collect();
        let constrained: Vec<Vec<Diagnostic>> = roots
            .iter()
            .map(|&root| other_builds::constrained(&graph.packages[root]))
            .collect();
        let checked = front::check_all(&mut graph, options);
        let wanted: Vec<PkgId> = roots
            .iter()
            .filter_map(|root| checked.packages.get(root.index()))
            .map(|package| package.id)
            .collect();
        let generated = polkago_generate::generate(&checked.store, &checked.packages, &wanted);
        let of = |root: PackageId| {
            let id = checked.packages.get(root.index())?.id;
            generated.iter().find(|g| g.pkg == id)
        };
        let mut diagnostics = relevant(&checked, &generated);
        let mut files = Vec::new();
        for (((&root, texts), old), mut constrained) in
            roots.iter().zip(&texts).zip(olds).zip(constrained)
        {
            let Some(generated) = of(root) else { continue };
            let package = &graph.packages[root];
            let found = self.diagnostics_of(&checked, root, texts, &generated.findings);
            diagnostics.extend(arrange(found, &package.id(), self.reports_all_errors()));
            diagnostics.append(&mut constrained);
            if generated.text.is_none() && old.is_none() {
                continue;
            }
            let path = package.dir.join(polkago_generate::FILE_NAME);
            if let Some(old) = &old
                && !polkago_generate::is_generated(old)
            {
                let message = format!("{} is not a generated file", polkago_generate::FILE_NAME);
                let d = Diagnostic::error("GeneratedName", message);
                diagnostics
                    .push(d.with_help("move what it declares into a file with another name"));
            }
            files.push(GeneratedFile {
                path,
                text: generated.text.clone(),
                old,
            });
        }
        Ok(GenerateReport { files, diagnostics })
    }

    fn diagnostics_of(
        &self,
        checked: &Checked,
        root: PackageId,
        texts: &Texts,
        list: &[Finding],
    ) -> Vec<Diagnostic> {
        let Some(package) = checked.packages.get(root.index()) else {
            return Vec::new();
        };
        let sources: Vec<Source<'_>> = front::sources(package, texts);
        let list = list.iter();
        list.map(|finding| findings::from_generate(finding, &sources))
            .collect()
    }
}

/// The texts of the generated files of the user's packages, before a build takes them.
pub(crate) fn texts(graph: &Graph) -> Vec<GeneratedText> {
    let packages = graph.packages.iter();
    let packages = packages.filter(|(_, package)| {
        matches!(package.origin, Origin::Main { .. } | Origin::CommandLine)
            && package.for_test.is_none()
    });
    let files = packages.flat_map(|(id, package)| package.files.iter().map(move |f| (id, f)));
    files
        .filter(|(_, file)| polkago_generate::is_generated_path(&file.path))
        .map(|(id, file)| (id, file.path.clone(), file.content.clone()))
        .collect()
}

/// A generated file as it stands: its package, path and text.
pub(crate) type GeneratedText = (PackageId, Arc<str>, Arc<[u8]>);

/// A warning for each of these texts that is not what would be generated now.
pub(crate) fn stale(checked: &Checked, texts: &[GeneratedText]) -> Vec<Diagnostic> {
    let of = |id: PackageId| checked.packages.get(id.index()).map(|package| package.id);
    let wanted: Vec<PkgId> = texts.iter().filter_map(|(id, ..)| of(*id)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let generated = polkago_generate::generate(&checked.store, &checked.packages, &wanted);
    let differs = |id: PackageId, text: &[u8]| {
        let current = generated.iter().find(|g| Some(g.pkg) == of(id));
        current.is_some_and(|g| g.text.as_deref().map(str::as_bytes) != Some(text))
    };
    texts
        .iter()
        .filter(|(id, _, text)| differs(*id, text))
        .map(|(_, path, _)| {
            let d = Diagnostic::error("StaleGenerated", format!("{path} is out of date"));
            Diagnostic {
                severity: Severity::Warning,
                ..d.with_help("run polkago generate")
            }
        })
        .collect()
}

/// Takes the generated file out of a package of the user's.
fn take_generated(graph: &mut Graph, root: PackageId) -> Option<Arc<[u8]>> {
    let package = &mut graph.packages[root];
    if !matches!(
        package.origin,
        Origin::Main { .. } | Origin::CommandLine | Origin::Sdk
    ) {
        return None;
    }
    let at = package
        .files
        .iter()
        .position(|file| polkago_generate::is_generated_path(&file.path))?;
    Some(package.files.remove(at).content)
}

/// What the front end found that stands in the way: everything but errors of types that generation does not need, since
/// it is code still to be generated that may be missing.
fn relevant(checked: &Checked, generated: &[Generated]) -> Vec<Diagnostic> {
    let invalid = generated.iter().any(|g| g.invalid);
    let of_types = |d: &Diagnostic| {
        let codes = polkago_types::Code::ALL.iter();
        d.severity == Severity::Warning
            || d.code == crate::TOO_MANY_ERRORS
            || d.code == "Unsupported"
            || codes.map(|code| code.name()).any(|code| code == d.code)
    };
    let found = checked.diagnostics.iter();
    found.filter(|d| invalid || !of_types(d)).cloned().collect()
}
