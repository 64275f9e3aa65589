//! Variables with `//go:embed` (package `embed`): the content of files as static data.

use crate::consts::bytes_data;
use crate::cx::{Cx, Source};
use crate::output::Output;
use crate::statics::Blob;
use polkago_ir::Symbol;
use polkago_syntax::{Decl, Directive, Pos};
use polkago_types::{Basic, ObjId, TypeId, TypeKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The files that a pattern names, by name, or why there are none.
pub type Embedded = Result<Vec<(String, Arc<[u8]>)>, String>;

/// The patterns of a package's directives, without quotes.
pub type Embeds = BTreeMap<String, Embedded>;

/// Bytes of a `file` of package `embed`: name, content, hash.
const FILE_SIZE: u32 = 32;

/// The value of a variable with `//go:embed` directives, if it has any.
pub(crate) fn embedded(cx: &Cx<'_>, obj: ObjId, t: TypeId, out: &mut Output) -> Option<Blob> {
    let object = cx.obj(obj);
    let pos = object.pos?;
    let pkg = cx.package(pos.file.pkg)?;
    let embeds = cx.options.embeds.get(&pkg.path)?;
    let source = cx.source(pos.file);
    let directives = directives(source, obj);
    if directives.is_empty() {
        return None;
    }
    let mut files: BTreeMap<&str, &[u8]> = BTreeMap::new();
    for directive in directives {
        let text = source.tree.text(directive.text);
        let behind = "//go:embed ".len() as u32;
        let at = Some(source.pos(Pos(directive.pos.0 + behind)));
        let patterns = text
            .strip_prefix("go:embed ")
            .and_then(cx.options.embed_patterns);
        let Some(patterns) = patterns else {
            out.error(at, "invalid quoted string in //go:embed");
            continue;
        };
        for pattern in patterns {
            match embeds.get(&pattern) {
                Some(Ok(found)) => {
                    files.extend(found.iter().map(|(name, content)| (&**name, &**content)));
                }
                Some(Err(why)) => out.error(at, format!("pattern {pattern}: {why}")),
                None => out.error(at, format!("pattern {pattern}: no matching files found")),
            }
        }
    }
    let mut blob = Blob::zero(cx.size(t));
    if cx.named(t).is_some_and(|n| {
        let obj = cx.store.named(n).obj;
        cx.object_symbol(obj) == "embed.FS"
    }) {
        put_fs(&files, &mut blob, out);
        return Some(blob);
    }
    let at = Some(source.pos(pos.pos));
    let content: &[u8] = match (files.len(), files.values().next()) {
        (1, Some(content)) => content,
        (0, _) => return Some(blob),
        _ => {
            out.error(at, "invalid go:embed: multiple files for one variable");
            return Some(blob);
        }
    };
    match cx.under(t) {
        TypeKind::Basic(Basic::String) => put_text(content, &mut blob, 0, out),
        TypeKind::Slice(elem) if cx.as_basic(*elem) == Some(Basic::Uint8) => {
            let inner = Blob {
                bytes: content.to_vec(),
                relocs: Vec::new(),
            };
            let name: Symbol = format!("{}.tmp1", cx.object_symbol(obj)).into();
            let len = content.len() as u32;
            out.data
                .push(inner.into_data(name.clone(), 1, Some(Vec::new())));
            if len > 0 {
                blob.put_addr(0, name, 0);
                blob.put_u32(4, len);
                blob.put_u32(8, len);
            }
        }
        _ => out.error(at, "go:embed cannot apply to var of this type"),
    }
    Some(blob)
}

/// The `//go:embed` directives of a package variable.
fn directives<'a>(source: Source<'a>, obj: ObjId) -> Vec<&'a Directive> {
    let declares = |decl: &&'a Decl| {
        let Decl::Var(var) = decl else { return false };
        (var.names.iter()).any(|&id| source.info.defs[id].expand() == Some(obj))
    };
    let Some(Decl::Var(var)) = source.tree.decls.iter().find(declares) else {
        return Vec::new();
    };
    let all = source.tree.directives(var.directives).iter();
    all.filter(|d| source.tree.text(d.text).starts_with("go:embed "))
        .collect()
}

/// A string.
fn put_text(bytes: &[u8], blob: &mut Blob, offset: u32, out: &mut Output) {
    if bytes.is_empty() {
        return;
    }
    let data = bytes_data(bytes);
    blob.put_addr(offset, data.name.clone(), 0);
    blob.put_u32(offset + 4, bytes.len() as u32);
    out.data.push(data);
}

/// An `embed.FS`: a pointer to a slice of files and folders, sorted by folder and then by name.
fn put_fs(files: &BTreeMap<&str, &[u8]>, blob: &mut Blob, out: &mut Output) {
    let mut entries: BTreeSet<(String, String)> = BTreeSet::new();
    let split = |path: &str| match path.rsplit_once('/') {
        Some((dir, name)) => (dir.to_owned(), name.to_owned()),
        None => (".".to_owned(), path.to_owned()),
    };
    for name in files.keys() {
        let mut path = *name;
        entries.insert(split(path));
        while let Some((dir, _)) = path.rsplit_once('/') {
            entries.insert(split(dir));
            path = dir;
        }
    }
    let n = entries.len() as u32;
    let mut array = Blob::zero(n * FILE_SIZE);
    for (i, (dir, name)) in entries.iter().enumerate() {
        let at = i as u32 * FILE_SIZE;
        let path = match dir.as_str() {
            "." => name.clone(),
            _ => format!("{dir}/{name}"),
        };
        match files.get(path.as_str()) {
            Some(content) => {
                put_text(path.as_bytes(), &mut array, at, out);
                put_text(content, &mut array, at + 8, out);
            }
            None => put_text(format!("{path}/").as_bytes(), &mut array, at, out),
        }
    }
    let array = array.into_const(4);
    let mut slice = Blob::zero(12);
    slice.put_addr(0, array.name.clone(), 0);
    slice.put_u32(4, n);
    slice.put_u32(8, n);
    let slice = slice.into_const(4);
    blob.put_addr(0, slice.name.clone(), 0);
    out.data.extend([array, slice]);
}
