//! How types are encoded: from a type to a [`Shape`], or the reason why it has none.

use crate::model::{Marked, Model};
use polkago_types::{Basic, Field, NamedId, TypeId, TypeKind, TypeParamId};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};

/// The import path of package `scale`.
pub(crate) const SCALE: &str = "polkago.dev/sdk/scale";
/// The import path of package `num`.
pub(crate) const NUM: &str = "polkago.dev/sdk/num";

/// The encoding of a type.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// The type.
    pub typ: TypeId,
    /// Its encoding.
    pub kind: Kind,
}

/// The forms of encodings.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// One that package `scale` has functions for: `AppendU32`, `Decoder.U32`, `PutU32`, `GetU32`.
    Basic(Plain),
    /// Two methods.
    Methods,
    /// Functions `AppendName` and `DecodeName` of the package that declares a generic type, with how to encode and
    /// decode each type argument.
    Functions(NamedId, Vec<Shape>),
    /// Functions `AppendName` and `DecodeName` of the package that declares an interface.
    Sum(NamedId),
    /// A type parameter: there is a function for it.
    Param(TypeParamId),
    /// A sequence.
    Slice(Box<Shape>),
    /// Elements without their number.
    Array(u64, Box<Shape>),
    /// An array of bytes.
    ByteArray(u64),
    /// What it points to.
    Pointer(Box<Shape>),
    /// A Go map: its entries in the order of keys, which the text compares.
    GoMap(Order, Box<Shape>, Box<Shape>),
    /// `scale.Option`.
    Option(Box<Shape>),
    /// `scale.Result`.
    Result(Box<Shape>, Box<Shape>),
    /// `scale.Map`.
    Map(Box<Shape>, Box<Shape>),
    /// `scale.Set`.
    Set(Box<Shape>),
    /// The fields in order.
    Struct(Vec<FieldShape>),
}

/// How the keys of a Go map are ordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    /// By `cmp.Compare`.
    Ordered,
    /// Arrays of bytes, in the order of their bytes.
    Bytes,
}

/// A field that is encoded.
#[derive(Clone, Debug)]
pub(crate) struct FieldShape {
    /// Its name.
    pub name: String,
    /// Its encoding.
    pub shape: Shape,
}

/// What package `scale` has functions for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Plain {
    /// What the functions' names end with, such as `CompactU32`.
    pub name: &'static str,
    /// The type of their values, where a value of another type with the same underlying type has to be converted.
    pub go: Option<&'static str>,
    /// The least length of an encoding.
    pub min: u32,
    /// Whether all encodings have that length.
    pub fixed: bool,
}

const fn fixed(name: &'static str, go: Option<&'static str>, size: u32) -> Plain {
    Plain {
        name,
        go,
        min: size,
        fixed: true,
    }
}

const fn dynamic(name: &'static str, go: Option<&'static str>) -> Plain {
    Plain {
        name,
        go,
        min: 1,
        fixed: false,
    }
}

/// Why a type has no encoding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct NoShape {
    /// What is wrong.
    pub msg: String,
    /// The field that it is about, of the struct type asked about.
    pub field: Option<usize>,
    /// Whether it is a tag.
    pub tag: bool,
    /// What to do.
    pub help: Option<String>,
    /// The type had an error before.
    pub invalid: bool,
}

impl NoShape {
    fn new(msg: String, help: &str) -> Self {
        Self {
            msg,
            field: None,
            tag: false,
            help: (!help.is_empty()).then(|| help.to_owned()),
            invalid: false,
        }
    }

    fn tag(msg: String) -> Self {
        Self {
            tag: true,
            ..Self::new(msg, "")
        }
    }
}

/// Finds encodings.
pub(crate) struct Shapes<'a> {
    pub model: Model<'a>,
    /// How messages name packages.
    pub qualifier: &'a dyn Fn(polkago_types::PkgId) -> String,
    /// Types without mark whose encoding is being found, to see those that contain themselves.
    inside: RefCell<Vec<TypeId>>,
    /// Parts of the encoding being found.
    counted: Cell<usize>,
    /// Least lengths found so far.
    least: RefCell<FxHashMap<TypeId, u64>>,
    /// Whether all encodings of a type have the same length, as far as found.
    fixed: RefCell<FxHashMap<TypeId, bool>>,
}

/// How many parts the encoding of a type may have, not looking into marked types: each becomes code.
const MOST_PARTS: usize = 10_000;

/// Lengths beyond this are not told apart: no input is longer.
const LONGEST: u64 = i32::MAX as u64;

impl<'a> Shapes<'a> {
    /// Finds encodings; messages name packages as `qualifier` does.
    pub fn new(model: Model<'a>, qualifier: &'a dyn Fn(polkago_types::PkgId) -> String) -> Self {
        Self {
            model,
            qualifier,
            inside: RefCell::default(),
            counted: Cell::default(),
            least: RefCell::default(),
            fixed: RefCell::default(),
        }
    }

    fn text(&self, t: TypeId) -> String {
        self.model.store.type_string(t, self.qualifier)
    }

    /// The encoding of a type wherever it stands.
    pub fn of(&self, t: TypeId) -> Result<Shape, NoShape> {
        self.counted.set(0);
        self.part(t)
    }

    /// The encoding of a type within the one asked for.
    fn part(&self, t: TypeId) -> Result<Shape, NoShape> {
        let store = self.model.store;
        let t = store.unalias(t);
        self.counted.set(self.counted.get() + 1);
        if self.counted.get() > MOST_PARTS {
            let help = "mark the types that it is made of with //polkago:scale";
            return Err(NoShape::new(
                "the encoding has too many parts".to_owned(),
                help,
            ));
        }
        if self.model.is_invalid(t) {
            return Err(NoShape {
                invalid: true,
                ..NoShape::new(String::new(), "")
            });
        }
        let Some(named) = store.as_named(t) else {
            return match store.kind(t) {
                TypeKind::Struct(fields) if !fields.is_empty() => Err(self.none(
                    t,
                    "declare a type with a name, and mark it with //polkago:scale",
                )),
                _ => self.under(t, t),
            };
        };
        let targs = &store.named(named).targs;
        match self.model.path_and_name(named) {
            (NUM, name) => {
                let plain = match name {
                    "U128" => fixed("U128", Some("num.U128"), 16),
                    "I128" => fixed("I128", Some("num.I128"), 16),
                    "U256" => fixed("U256", Some("num.U256"), 32),
                    "I256" => fixed("I256", Some("num.I256"), 32),
                    _ => return Err(self.none(t, "")),
                };
                return Ok(shape(t, Kind::Basic(plain)));
            }
            (SCALE, name) => {
                let part = |index: usize| match targs.get(index) {
                    Some(&arg) => self.part(arg).map(Box::new),
                    None => Err(self.none(t, "")),
                };
                let kind = match name {
                    "Option" => Kind::Option(part(0)?),
                    "Result" => Kind::Result(part(0)?, part(1)?),
                    "Map" => Kind::Map(part(0)?, part(1)?),
                    "Set" => Kind::Set(part(0)?),
                    "BitSequence" => Kind::Basic(dynamic("Bits", None)),
                    _ => return Err(self.none(t, "")),
                };
                return Ok(shape(t, kind));
            }
            _ => {}
        }
        if let Some(marked) = self.model.mark_of(named) {
            let kind = match marked {
                Marked::Sum(_) => Kind::Sum(named),
                _ if targs.is_empty() => Kind::Methods,
                _ => {
                    let args = targs.iter().map(|&arg| self.part(arg));
                    Kind::Functions(named, args.collect::<Result<_, _>>()?)
                }
            };
            return Ok(shape(t, kind));
        }
        if self.model.has_methods(named) {
            return Ok(shape(t, Kind::Methods));
        }
        let under = store.underlying(t);
        match store.kind(under) {
            TypeKind::Struct(_) | TypeKind::Interface(_) => {
                let directive = if store.is_interface(under) {
                    "//polkago:scale enum"
                } else {
                    "//polkago:scale"
                };
                if self.model.path_and_name(named).0.is_empty() {
                    return Err(self.none(t, "what may fail has the type scale.Result"));
                }
                Err(self.none(
                    t,
                    &format!("mark the type with {directive}, or declare AppendSCALE and DecodeSCALE for it"),
                ))
            }
            _ => {
                if self.inside.borrow().contains(&t) {
                    return Err(self.none(t, "it contains itself: mark it with //polkago:scale"));
                }
                self.inside.borrow_mut().push(t);
                let shape = self.under(t, under);
                self.inside.borrow_mut().pop();
                shape
            }
        }
    }

    /// The encoding that a declared type gets by being marked: that of its underlying type.
    pub fn declared(&self, t: TypeId) -> Result<Shape, NoShape> {
        self.counted.set(0);
        self.under(t, self.model.store.underlying(t))
    }

    /// Why a declared type cannot be marked: one reason for each field of a struct.
    pub fn why_not(&self, t: TypeId) -> Vec<NoShape> {
        let mut errors = match self.model.store.as_struct(t) {
            Some(fields) => self.fields(fields).1,
            None => self.declared(t).err().into_iter().collect(),
        };
        if errors.is_empty() && self.expands(t) {
            let help = "a function for it would have to be made again and again";
            let msg = format!(
                "type {} contains itself with other type arguments",
                self.text(t)
            );
            errors.push(NoShape::new(msg, help));
        }
        errors
    }

    /// Whether a generic type contains itself with other type arguments than its own parameters.
    fn expands(&self, t: TypeId) -> bool {
        let store = self.model.store;
        let (Some(origin), Ok(shape)) = (store.as_named(t), self.declared(t)) else {
            return false;
        };
        let mut parts = Vec::new();
        self.parts(&shape, &mut parts);
        let own = store.tparams_of(origin);
        parts.into_iter().any(|part| {
            let targs = &store.named(part).targs;
            let same = |(&arg, &param): (&TypeId, _)| store.as_tparam(arg) == Some(param);
            store.origin_of(part) == origin && !targs.iter().zip(own).all(same)
        })
    }

    /// The encodings of the fields of a struct, and what is wrong with others.
    fn fields(&self, fields: &[Field]) -> (Vec<FieldShape>, Vec<NoShape>) {
        let mut shapes = Vec::new();
        let mut errors = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let name = self.model.store.sym_text(field.name);
            self.counted.set(0);
            let shape = if name == "_" && scale_tag(&field.tag) != Some("-") {
                Err(NoShape::new(
                    "it cannot be read".to_owned(),
                    "give it a name or the tag `scale:\"-\"`",
                ))
            } else {
                self.field(field.typ, &field.tag)
            };
            match shape {
                Ok(None) => {}
                Ok(Some(shape)) => shapes.push(FieldShape {
                    name: name.to_owned(),
                    shape,
                }),
                Err(e) => errors.push(NoShape {
                    field: Some(index),
                    ..e
                }),
            }
        }
        (shapes, errors)
    }

    /// The encoding of a field by its tag.
    pub fn field(&self, t: TypeId, tag: &str) -> Result<Option<Shape>, NoShape> {
        let store = self.model.store;
        let Some(words) = scale_tag(tag) else {
            return self.part(t).map(Some);
        };
        let under = store.underlying(t);
        match words {
            "-" => Ok(None),
            "compact" => {
                if self.model.is_invalid(t) {
                    return self.part(t).map(Some);
                }
                let plain = match store.basic_kind(t) {
                    Some(Basic::Uint8) => dynamic("CompactU8", Some("uint8")),
                    Some(Basic::Uint16) => dynamic("CompactU16", Some("uint16")),
                    Some(Basic::Uint32) => dynamic("CompactU32", Some("uint32")),
                    Some(Basic::Uint64) => dynamic("CompactU64", Some("uint64")),
                    _ => match self.wide(t) {
                        Some("U128") => dynamic("CompactU128", Some("num.U128")),
                        Some("U256") => dynamic("CompactU256", Some("num.U256")),
                        _ => {
                            let msg = format!(
                                "compact is for unsigned integers of a fixed size, not {}",
                                self.text(t)
                            );
                            return Err(NoShape::tag(msg));
                        }
                    },
                };
                Ok(Some(shape(t, Kind::Basic(plain))))
            }
            "view" => match store.kind(under) {
                TypeKind::Slice(elem) if store.basic_kind(*elem) == Some(Basic::Uint8) => {
                    let plain = dynamic("BytesView", None);
                    Ok(Some(shape(t, Kind::Basic(plain))))
                }
                _ => Err(NoShape::tag(format!(
                    "view is for slices of bytes, not {}",
                    self.text(t)
                ))),
            },
            "optionbool" => match self.part(t)?.kind {
                Kind::Option(inner) if matches!(&inner.kind, Kind::Basic(p) if p.name == "Bool") => {
                    let plain = fixed("OptionBool", None, 1);
                    Ok(Some(shape(t, Kind::Basic(plain))))
                }
                _ => Err(NoShape::tag(format!(
                    "optionbool is for scale.Option[bool], not {}",
                    self.text(t)
                ))),
            },
            _ => Err(NoShape::tag(format!(
                "unknown tag scale:\"{words}\": there are compact, view, optionbool and -"
            ))),
        }
    }

    /// The name of a type of package `num`.
    fn wide(&self, t: TypeId) -> Option<&str> {
        let named = self.model.store.as_named(t)?;
        match self.model.path_and_name(named) {
            (NUM, name) => Some(name),
            _ => None,
        }
    }

    fn none(&self, t: TypeId, help: &str) -> NoShape {
        NoShape::new(format!("type {} has no SCALE encoding", self.text(t)), help)
    }

    /// The encoding of a type `t` by its underlying type.
    fn under(&self, t: TypeId, under: TypeId) -> Result<Shape, NoShape> {
        let store = self.model.store;
        let boxed = |t: TypeId| self.part(t).map(Box::new);
        let kind = match store.kind(under) {
            TypeKind::Basic(basic) => Kind::Basic(self.basic(t, *basic)?),
            TypeKind::Slice(elem) if self.is_byte(*elem) => Kind::Basic(dynamic("Bytes", None)),
            TypeKind::Slice(elem) => Kind::Slice(boxed(*elem)?),
            TypeKind::Array { len, elem } if self.is_byte(*elem) => Kind::ByteArray(*len),
            TypeKind::Array { len, elem } => Kind::Array(*len, boxed(*elem)?),
            TypeKind::Pointer(elem) => Kind::Pointer(boxed(*elem)?),
            TypeKind::Map { key, elem } => {
                let order = match store.kind(store.underlying(*key)) {
                    TypeKind::Basic(_) => Order::Ordered,
                    TypeKind::Array { elem, .. } if self.is_byte(*elem) => Order::Bytes,
                    _ => {
                        let msg =
                            format!("the keys of {} have no order of their own", self.text(t));
                        return Err(NoShape::new(
                            msg,
                            "keys are numbers, strings or arrays of bytes; else take a slice of entries",
                        ));
                    }
                };
                Kind::GoMap(order, boxed(*key)?, boxed(*elem)?)
            }
            TypeKind::Struct(fields) => {
                let (shapes, mut errors) = self.fields(fields);
                if !errors.is_empty() {
                    return Err(errors.swap_remove(0));
                }
                Kind::Struct(shapes)
            }
            TypeKind::TypeParam(param) => Kind::Param(*param),
            TypeKind::Interface(_) => {
                return Err(self.none(
                    t,
                    "an enumeration is an interface type of its own, marked with //polkago:scale enum",
                ));
            }
            TypeKind::Named(_)
            | TypeKind::Alias(_)
            | TypeKind::Chan { .. }
            | TypeKind::Func(_)
            | TypeKind::Tuple(_)
            | TypeKind::Union(_) => return Err(self.none(t, "")),
        };
        Ok(shape(t, kind))
    }

    /// Whether elements of a type are bytes and nothing more.
    fn is_byte(&self, elem: TypeId) -> bool {
        let store = self.model.store;
        *store.kind(store.unalias(elem)) == TypeKind::Basic(Basic::Uint8)
    }

    fn basic(&self, t: TypeId, basic: Basic) -> Result<Plain, NoShape> {
        Ok(match basic {
            Basic::Bool => fixed("Bool", Some("bool"), 1),
            Basic::Int8 => fixed("I8", Some("int8"), 1),
            Basic::Int16 => fixed("I16", Some("int16"), 2),
            Basic::Int32 => fixed("I32", Some("int32"), 4),
            Basic::Int64 => fixed("I64", Some("int64"), 8),
            Basic::Uint8 => fixed("U8", Some("uint8"), 1),
            Basic::Uint16 => fixed("U16", Some("uint16"), 2),
            Basic::Uint32 => fixed("U32", Some("uint32"), 4),
            Basic::Uint64 => fixed("U64", Some("uint64"), 8),
            Basic::String => dynamic("String", Some("string")),
            Basic::Int | Basic::Uint | Basic::Uintptr => {
                return Err(self.none(
                    t,
                    "its size depends on the machine: take int32, uint64 or the like",
                ));
            }
            Basic::Float32 | Basic::Float64 => {
                return Err(self.none(
                    t,
                    "SCALE has no floating-point numbers, since runtimes must agree on every bit",
                ));
            }
            _ => return Err(self.none(t, "")),
        })
    }

    /// The least number of bytes that an encoding takes, as far as the generator knows: a type with methods written
    /// by hand and a type parameter count as one byte.
    pub fn min_size(&self, shape: &Shape) -> u64 {
        self.min(shape, &mut Vec::new()).min(LONGEST)
    }

    /// Whether all encodings have the least length.
    pub fn is_fixed(&self, shape: &Shape) -> bool {
        match &shape.kind {
            Kind::Basic(plain) => plain.fixed,
            Kind::ByteArray(_) => true,
            Kind::Array(_, elem) | Kind::Pointer(elem) => self.is_fixed(elem),
            Kind::Struct(fields) => fields.iter().all(|f| self.is_fixed(&f.shape)),
            Kind::Methods => {
                let named = self.model.store.as_named(shape.typ);
                match named.and_then(|named| self.model.mark_of(named)) {
                    Some(Marked::Constants(_)) => true,
                    Some(Marked::Plain) => {
                        if let Some(&fixed) = self.fixed.borrow().get(&shape.typ) {
                            return fixed;
                        }
                        // Of a type that contains itself encodings have several lengths.
                        self.fixed.borrow_mut().insert(shape.typ, false);
                        let declared = self.declared(shape.typ);
                        let fixed = declared.is_ok_and(|declared| self.is_fixed(&declared));
                        self.fixed.borrow_mut().insert(shape.typ, fixed);
                        fixed
                    }
                    Some(Marked::Sum(_)) | None => false,
                }
            }
            Kind::Functions(..)
            | Kind::Sum(_)
            | Kind::Param(_)
            | Kind::Slice(_)
            | Kind::GoMap(..)
            | Kind::Option(_)
            | Kind::Result(..)
            | Kind::Map(..)
            | Kind::Set(_) => false,
        }
    }

    fn min(&self, shape: &Shape, inside: &mut Vec<NamedId>) -> u64 {
        let store = self.model.store;
        match &shape.kind {
            Kind::Basic(plain) => u64::from(plain.min),
            Kind::Slice(_)
            | Kind::Option(_)
            | Kind::GoMap(..)
            | Kind::Map(..)
            | Kind::Set(_)
            | Kind::Param(_)
            | Kind::Sum(_) => 1,
            Kind::ByteArray(len) => *len,
            Kind::Array(len, elem) => len.saturating_mul(self.min(elem, inside)),
            Kind::Pointer(elem) => self.min(elem, inside),
            Kind::Result(ok, err) => 1 + self.min(ok, inside).min(self.min(err, inside)),
            Kind::Struct(fields) => {
                let sizes = fields.iter().map(|f| self.min(&f.shape, inside));
                sizes.fold(0, u64::saturating_add)
            }
            Kind::Methods | Kind::Functions(..) => {
                let Some(named) = store.as_named(shape.typ) else {
                    return 1;
                };
                if !matches!(self.model.mark_of(named), Some(Marked::Plain)) {
                    return 1;
                }
                if let Some(&least) = self.least.borrow().get(&shape.typ) {
                    return least;
                }
                // A type that contains itself does so behind a choice, or is never decoded to its end.
                let origin = store.origin_of(named);
                if inside.contains(&origin) {
                    return 0;
                }
                inside.push(origin);
                let least = match self.declared(shape.typ) {
                    Ok(declared) => self.min(&declared, inside).min(LONGEST),
                    Err(_) => 1,
                };
                inside.pop();
                self.least.borrow_mut().insert(shape.typ, least);
                least
            }
        }
    }

    /// The declared types that the encoding of a type contains, not looking into them.
    fn parts(&self, shape: &Shape, out: &mut Vec<NamedId>) {
        match &shape.kind {
            Kind::Basic(_) | Kind::ByteArray(_) | Kind::Param(_) => {}
            Kind::Methods => out.extend(self.model.store.as_named(shape.typ)),
            Kind::Sum(named) => out.push(*named),
            Kind::Functions(named, args) => {
                out.push(*named);
                args.iter().for_each(|arg| self.parts(arg, out));
            }
            Kind::Slice(part)
            | Kind::Array(_, part)
            | Kind::Pointer(part)
            | Kind::Option(part)
            | Kind::Set(part) => self.parts(part, out),
            Kind::GoMap(_, a, b) | Kind::Result(a, b) | Kind::Map(a, b) => {
                self.parts(a, out);
                self.parts(b, out);
            }
            Kind::Struct(fields) => fields.iter().for_each(|f| self.parts(&f.shape, out)),
        }
    }

    /// Whether the nesting of values of a marked type has to be limited there: they can contain others of the same type.
    /// Where enumerations are on the way it is theirs that is counted.
    pub fn is_recursive(&self, named: NamedId) -> bool {
        let start = self.model.store.origin_of(named);
        let is_sum = matches!(self.model.mark_of(start), Some(Marked::Sum(_)));
        let mut seen = vec![start];
        let mut next = 0;
        while next < seen.len() {
            let current = seen[next];
            next += 1;
            let mut parts = Vec::new();
            match self.model.mark_of(current) {
                Some(Marked::Sum(_)) if !is_sum => {}
                Some(Marked::Sum(variants)) => parts.extend(variants.iter().map(|v| v.named)),
                Some(Marked::Plain) => {
                    let typ = self
                        .model
                        .store
                        .obj_type(self.model.store.named(current).obj);
                    if let Some(Ok(shape)) = typ.map(|t| self.declared(t)) {
                        self.parts(&shape, &mut parts);
                    }
                }
                Some(Marked::Constants(_)) | None => {}
            }
            for part in parts {
                let part = self.model.store.origin_of(part);
                if part == start {
                    return true;
                }
                if !seen.contains(&part) {
                    seen.push(part);
                }
            }
        }
        false
    }
}

fn shape(typ: TypeId, kind: Kind) -> Shape {
    Shape { typ, kind }
}

/// The value of the key `scale` of a field tag (package `reflect`, `StructTag`).
pub(crate) fn scale_tag(tag: &str) -> Option<&str> {
    let mut rest = tag.trim_start_matches(' ');
    while !rest.is_empty() {
        let (key, after) = rest.split_once(":\"")?;
        let end = after.find('"')?;
        if key == "scale" {
            return Some(&after[..end]);
        }
        rest = after[end + 1..].trim_start_matches(' ');
    }
    None
}
