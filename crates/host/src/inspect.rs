//! What a module holds: imports, exports, sections, limits, and what it needs of its engine.
//!
//! [`inspect()`] validates the module first, with every proposal that the validator knows, so
//! that all later reading is of a module in good order.

use std::fmt;

use parity_scale_codec::Encode;
use sc_executor_common::runtime_blob::RuntimeBlob;
use serde::Serialize;
use sp_crypto_hashing::blake2_256;
use wasmparser::types::{CoreTypeId, EntityType, TypesRef};
use wasmparser::{MemoryType, Parser, Payload, TableType, ValType, Validator};

use crate::blob::Blob;
use crate::error::Error;
use crate::features;
use crate::version::RuntimeVersion;

/// Pallet and call index of `System.set_code` on Polkadot: frame-system is the first pallet.
const SET_CODE: [u8; 2] = [0, 2];

/// Pallet and call index of `System.authorize_upgrade`.
const AUTHORIZE_UPGRADE: [u8; 2] = [0, 9];

/// What [`inspect()`] found. The names of its fields are those of the JSON form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Length of the module in bytes, uncompressed.
    pub size: usize,
    /// Length of the blob in bytes as given, where that was compressed.
    pub compressed_size: Option<usize>,
    /// BLAKE2b-256 of the blob as given, in hex with `0x`: what `System.authorize_upgrade` takes
    /// for a blob that is to be submitted in this form.
    pub code_hash: String,
    /// BLAKE2b-256 of the module, uncompressed; the same as `code_hash` for a plain blob.
    pub uncompressed_code_hash: String,
    /// BLAKE2b-256 of the encoded call `System.set_code(code)`: the bytes `00 02`, the blob's
    /// length as a compact integer, and the blob as given.
    pub set_code_hash: String,
    /// BLAKE2b-256 of the encoded call `System.authorize_upgrade(code_hash)`: the bytes `00 09`
    /// and `code_hash`.
    pub authorize_upgrade_hash: String,
    /// What the module takes from its host, in the module's order.
    pub imports: Vec<Import>,
    /// What it offers to its host, in the module's order.
    pub exports: Vec<Export>,
    /// Its sections, in the module's order.
    pub sections: Vec<Section>,
    /// Proposals beyond the Wasm MVP that it needs; empty for a strict MVP module.
    pub features: Vec<String>,
    /// Its memories, imported ones first, counted in pages of 64 KiB.
    pub memories: Vec<Limits>,
    /// Its tables, imported ones first, counted in entries.
    pub tables: Vec<Limits>,
    /// Number of functions that it defines, imports aside.
    pub functions: usize,
    /// The version that its custom sections `runtime_version` and `runtime_apis` tell; `None`
    /// where it has none, or none that can be decoded.
    pub version: Option<RuntimeVersion>,
}

/// Something that the module takes from its host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Import {
    /// First part of the name.
    pub module: String,
    /// Second part of the name.
    pub name: String,
    /// What it is.
    #[serde(flatten)]
    pub ty: ItemType,
}

/// Something that the module offers to its host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(flatten)]
    pub ty: ItemType,
}

/// A section of the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its kind, as the Wasm specification names it: `type`, `code`, `data`, `custom`, ...
    pub kind: &'static str,
    /// The name of a custom section.
    pub name: Option<String>,
    /// Length of its contents in bytes; a custom section's name counts.
    pub size: u64,
}

/// The type of an import or export. Value types are in Wasm's text form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ItemType {
    /// A function.
    Func(Signature),
    /// A memory, counted in pages of 64 KiB.
    Memory(Limits),
    /// A table.
    Table {
        /// Type of its entries.
        element: String,
        /// Number of its entries.
        #[serde(flatten)]
        limits: Limits,
    },
    /// A global.
    Global {
        /// Type of its value.
        #[serde(rename = "type")]
        value: String,
        /// Whether it can be set.
        mutable: bool,
    },
    /// An exception tag.
    Tag(Signature),
}

/// Parameters and results of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// Types of the parameters.
    pub params: Vec<String>,
    /// Types of the results.
    pub results: Vec<String>,
}

/// Least and greatest size of a memory or table, in its own unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Size at the start.
    pub min: u64,
    /// Size that it may grow to, where it is bounded.
    pub max: Option<u64>,
}

/// Reads a blob, compressed or not, and reports what it holds.
pub fn inspect(bytes: &[u8]) -> Result<Report, Error> {
    report(&Blob::from_bytes(bytes)?)
}

/// Reports what a blob holds.
pub(crate) fn report(blob: &Blob) -> Result<Report, Error> {
    let code = blob.code();
    let types = Validator::new_with_features(features::all())
        .validate_all(code)
        .map_err(invalid)?;
    let types = types.as_ref();

    let mut report = Report {
        size: code.len(),
        compressed_size: blob.compressed_size(),
        code_hash: hex(&blob.code_hash()),
        uncompressed_code_hash: hex(&blake2_256(code)),
        set_code_hash: hex(&blake2_256(&(SET_CODE, blob.bytes()).encode())),
        authorize_upgrade_hash: hex(&blake2_256(&(AUTHORIZE_UPGRADE, blob.code_hash()).encode())),
        imports: Vec::new(),
        exports: Vec::new(),
        sections: Vec::new(),
        features: features::needed(code),
        memories: (0..types.memory_count())
            .map(|i| types.memory_at(i).into())
            .collect(),
        tables: (0..types.table_count())
            .map(|i| types.table_at(i).into())
            .collect(),
        functions: 0,
        version: embedded_version(code),
    };
    for payload in Parser::new(0).parse_all(code) {
        report.add(&payload.map_err(invalid)?, types)?;
    }
    Ok(report)
}

impl Report {
    fn add(&mut self, payload: &Payload<'_>, types: TypesRef<'_>) -> Result<(), Error> {
        if let Some((_, range)) = payload.as_section() {
            let (kind, name) = section_name(payload);
            self.sections.push(Section {
                kind,
                name,
                size: range.end - range.start,
            });
        }
        // The other sections are covered by their sizes.
        match payload {
            Payload::ImportSection(section) => {
                for import in section.clone().into_imports() {
                    let import = import.map_err(invalid)?;
                    if let Some(entity) = types.entity_type_from_import(&import) {
                        self.imports.push(Import {
                            module: import.module.to_owned(),
                            name: import.name.to_owned(),
                            ty: item_type(entity, types),
                        });
                    }
                }
            }
            Payload::ExportSection(section) => {
                for export in section.clone() {
                    let export = export.map_err(invalid)?;
                    if let Some(entity) = types.entity_type_from_export(&export) {
                        self.exports.push(Export {
                            name: export.name.to_owned(),
                            ty: item_type(entity, types),
                        });
                    }
                }
            }
            Payload::CodeSectionEntry(_) => self.functions += 1,
            _ => {}
        }
        Ok(())
    }
}

impl Signature {
    /// Whether it is `(i32, i32) -> i64`, which every runtime method has.
    pub fn is_method(&self) -> bool {
        self.params == ["i32", "i32"] && self.results == ["i64"]
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({})", self.params.join(", "))?;
        match self.results.as_slice() {
            [] => Ok(()),
            [result] => write!(f, " -> {result}"),
            results => write!(f, " -> ({})", results.join(", ")),
        }
    }
}

impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.max {
            Some(max) => write!(f, "{}..={max}", self.min),
            None => write!(f, "{}..", self.min),
        }
    }
}

impl fmt::Display for ItemType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ItemType::Func(signature) => write!(f, "func {signature}"),
            ItemType::Memory(limits) => write!(f, "memory {limits} pages"),
            ItemType::Table { element, limits } => write!(f, "table {limits} {element}"),
            ItemType::Global {
                value,
                mutable: true,
            } => write!(f, "global mut {value}"),
            ItemType::Global {
                value,
                mutable: false,
            } => write!(f, "global {value}"),
            ItemType::Tag(signature) => write!(f, "tag {signature}"),
        }
    }
}

impl From<MemoryType> for Limits {
    fn from(ty: MemoryType) -> Self {
        Limits {
            min: ty.initial,
            max: ty.maximum,
        }
    }
}

impl From<TableType> for Limits {
    fn from(ty: TableType) -> Self {
        Limits {
            min: ty.initial,
            max: ty.maximum,
        }
    }
}

fn item_type(entity: EntityType, types: TypesRef<'_>) -> ItemType {
    let signature = |id: CoreTypeId| {
        let ty = types[id].unwrap_func();
        let names = |list: &[ValType]| list.iter().map(ValType::to_string).collect();
        Signature {
            params: names(ty.params()),
            results: names(ty.results()),
        }
    };
    match entity {
        EntityType::Func(id) | EntityType::FuncExact(id) => ItemType::Func(signature(id)),
        EntityType::Memory(ty) => ItemType::Memory(ty.into()),
        EntityType::Table(ty) => ItemType::Table {
            element: ty.element_type.to_string(),
            limits: ty.into(),
        },
        EntityType::Global(ty) => ItemType::Global {
            value: ty.content_type.to_string(),
            mutable: ty.mutable,
        },
        EntityType::Tag(id) => ItemType::Tag(signature(id)),
    }
}

/// Kind of a section, and the name of a custom one.
fn section_name(payload: &Payload<'_>) -> (&'static str, Option<String>) {
    let kind = match payload {
        Payload::TypeSection(_) => "type",
        Payload::ImportSection(_) => "import",
        Payload::FunctionSection(_) => "function",
        Payload::TableSection(_) => "table",
        Payload::MemorySection(_) => "memory",
        Payload::TagSection(_) => "tag",
        Payload::GlobalSection(_) => "global",
        Payload::ExportSection(_) => "export",
        Payload::StartSection { .. } => "start",
        Payload::ElementSection(_) => "element",
        Payload::DataCountSection { .. } => "data count",
        Payload::CodeSectionStart { .. } => "code",
        Payload::DataSection(_) => "data",
        Payload::CustomSection(custom) => return ("custom", Some(custom.name().to_owned())),
        // Sections of components; a core module that validates has none.
        _ => "unknown",
    };
    (kind, None)
}

fn embedded_version(code: &[u8]) -> Option<RuntimeVersion> {
    // `RuntimeBlob` reads less than the validator allows; then there is no version to be told.
    let blob = RuntimeBlob::new(code).ok()?;
    sc_executor::read_embedded_version(&blob)
        .ok()
        .flatten()
        .map(Into::into)
}

fn invalid(error: wasmparser::Error) -> Error {
    Error::InvalidModule {
        reason: error.message().to_owned(),
        offset: error.offset(),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::from("0x"), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
