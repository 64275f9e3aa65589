//! Checks a module's imports against Polkadot's host before the executor sees them, so that the
//! message names the import and what the host has instead.

use sp_io::SubstrateHostFunctions;
use sp_wasm_interface::{Function, HostFunctions, Signature as HostSignature, ValueType};

use crate::error::BadImport;
use crate::inspect::{Import, ItemType, Signature};
use crate::rfc145;

/// The functions that Polkadot's host registers, with their signatures, in the order of their names.
pub fn host_functions() -> Vec<(String, Signature)> {
    let mut functions: Vec<_> = SubstrateHostFunctions::host_functions()
        .into_iter()
        .map(|function| (function.name().to_owned(), signature(&function.signature())))
        .collect();
    functions.sort_by(|a, b| a.0.cmp(&b.0));
    functions
}

/// The functions that a host has for runtimes with an allocator of their own (RFC-145), in the RFC's order.
pub fn rfc145_functions() -> Vec<(String, Signature)> {
    rfc145::functions()
        .map(|(name, host)| (name.to_owned(), signature(&host)))
        .collect()
}

/// The first import that Polkadot's host does not provide.
pub(crate) fn check(imports: &[Import]) -> Result<(), BadImport> {
    let host = SubstrateHostFunctions::host_functions();
    imports
        .iter()
        .try_for_each(|import| check_one(import, &host))
}

pub(crate) fn check_one(import: &Import, host: &[&'static dyn Function]) -> Result<(), BadImport> {
    let refuse = |reason: String, similar: Vec<String>| {
        Err(BadImport {
            module: import.module.clone(),
            name: import.name.clone(),
            reason,
            similar,
        })
    };
    if import.module != "env" {
        return refuse(
            "Polkadot's host has only the module `env`".into(),
            Vec::new(),
        );
    }
    let wanted = match &import.ty {
        ItemType::Func(signature) => signature,
        ItemType::Memory(_) if import.name == "memory" => return Ok(()),
        ItemType::Memory(_) => {
            return refuse("the memory must have the name `memory`".into(), Vec::new());
        }
        ItemType::Table { .. } | ItemType::Global { .. } | ItemType::Tag(_) => {
            return refuse(
                format!(
                    "Polkadot's host provides functions and a memory, but no {}",
                    import.ty
                ),
                Vec::new(),
            );
        }
    };
    let Some(function) = host.iter().find(|function| function.name() == import.name) else {
        if rfc145::has(&import.name) {
            return refuse(
                "it belongs to RFC-145, whose entry points take the length of their input alone"
                    .into(),
                Vec::new(),
            );
        }
        return refuse(
            "Polkadot's host has no function of that name".into(),
            similar(&import.name, host),
        );
    };
    let found = signature(&function.signature());
    if found != *wanted {
        return refuse(
            format!("it is declared as {wanted}, but the host's function is {found}"),
            Vec::new(),
        );
    }
    Ok(())
}

/// Host functions that differ from `name` in the version or in letter case alone.
fn similar(name: &str, host: &[&'static dyn Function]) -> Vec<String> {
    let stem = |name: &str| match name.rsplit_once("_version_") {
        Some((stem, _)) => stem.to_ascii_lowercase(),
        None => name.to_ascii_lowercase(),
    };
    let wanted = stem(name);
    host.iter()
        .map(|function| function.name())
        .filter(|candidate| stem(candidate) == wanted)
        .map(str::to_owned)
        .collect()
}

pub(crate) fn signature(host: &HostSignature) -> Signature {
    let name = |ty: &ValueType| {
        match ty {
            ValueType::I32 => "i32",
            ValueType::I64 => "i64",
            ValueType::F32 => "f32",
            ValueType::F64 => "f64",
        }
        .to_owned()
    };
    Signature {
        params: host.args.iter().map(name).collect(),
        results: host.return_value.iter().map(name).collect(),
    }
}
