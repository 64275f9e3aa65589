//! Go expressions and statements that encode and decode a value of some shape.

use crate::file::{GoFile, closure};
use crate::names::function;
use crate::shape::{Kind, NUM, Order, Plain, SCALE, Shape, Shapes};
use polkago_types::{NamedId, TypeId, TypeKind, TypeParamId};

/// An addressable Go variable.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The variable, or a pointer to it; a primary expression.
    pub text: String,
    /// Whether it is the pointer.
    pointer: bool,
}

impl Place {
    /// The variable that an expression denotes.
    pub fn variable(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            pointer: false,
        }
    }

    /// The variable that an expression points to.
    pub fn pointer(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            pointer: true,
        }
    }

    /// An expression for its value.
    pub fn value(&self) -> String {
        if self.pointer {
            format!("*{}", self.text)
        } else {
            self.text.clone()
        }
    }

    /// An expression for its address.
    pub fn address(&self) -> String {
        if self.pointer {
            let inner = self
                .text
                .strip_prefix('(')
                .and_then(|t| t.strip_suffix(')'));
            inner.unwrap_or(&self.text).to_owned()
        } else {
            format!("&{}", self.text)
        }
    }

    /// What the value of the variable, a pointer, points to.
    pub fn target(&self) -> Self {
        Self::pointer(if self.pointer {
            format!("(*{})", self.text)
        } else {
            self.text.clone()
        })
    }
}

/// Writes code into a file.
pub(crate) struct Coder<'a> {
    pub file: &'a GoFile<'a>,
    pub shapes: &'a Shapes<'a>,
}

impl Coder<'_> {
    /// A name of package `scale`.
    pub fn scale(&self, name: &str) -> String {
        format!("{}.{name}", self.file.import(SCALE, "scale"))
    }

    /// Whether a value of type `t` has to be converted for the functions of package `scale`.
    pub fn converted(&self, t: TypeId, plain: Plain) -> Option<&'static str> {
        let store = self.shapes.model.store;
        let go = plain.go.filter(|go| !go.starts_with("num."))?;
        matches!(
            store.kind(store.unalias(t)),
            TypeKind::Named(_) | TypeKind::TypeParam(_)
        )
        .then_some(go)
    }

    /// The function `AppendName` or the like that a package declares for one of its types.
    pub fn declared(&self, prefix: &str, named: NamedId) -> String {
        let model = self.shapes.model;
        let name = function(prefix, model.path_and_name(named).1);
        self.file.declared(model.package_of(named), &name)
    }

    pub fn param(&self, prefix: &str, param: TypeParamId) -> String {
        let store = self.shapes.model.store;
        param_function(prefix, store.obj_name(store.tparam(param).obj))
    }

    /// What the names of functions for a value end with, and the value as they take it.
    pub fn plain(&self, t: TypeId, plain: Plain, value: String) -> (&'static str, String) {
        let name = match plain.name {
            "BytesView" => "Bytes",
            name => name,
        };
        match self.converted(t, plain) {
            Some(go) => (name, format!("{go}({value})")),
            None => (name, value),
        }
    }

    /// An expression that appends the encoding of a variable to the slice that the expression `b` gives.
    pub fn encode(&self, shape: &Shape, place: &Place, b: &str) -> String {
        let value = place.value();
        let text = &place.text;
        match &shape.kind {
            Kind::Basic(plain) => {
                let (name, value) = self.plain(shape.typ, *plain, value);
                format!("{}({b}, {value})", self.scale(&format!("Append{name}")))
            }
            Kind::Methods => format!("{text}.{}({b})", crate::APPEND),
            Kind::Functions(named, args) => {
                let name = self.declared("Append", *named);
                let parts: Vec<String> = args.iter().map(|arg| self.put(arg)).collect();
                format!("{name}({b}, {}, {})", place.address(), parts.join(", "))
            }
            Kind::Sum(named) => format!("{}({b}, {value})", self.declared("Append", *named)),
            Kind::Param(param) => {
                format!("{}({}, {b})", self.param("put", *param), place.address())
            }
            Kind::Slice(elem) => {
                let name = self.scale("AppendSlice");
                format!("{name}({b}, {value}, {})", self.put(elem))
            }
            Kind::Array(_, elem) => {
                let name = self.scale("AppendArray");
                format!("{name}({b}, {text}[:], {})", self.put(elem))
            }
            Kind::ByteArray(_) => format!("append({b}, {text}[:]...)"),
            Kind::Pointer(elem) => self.encode(elem, &place.target(), b),
            Kind::GoMap(order, key, elem) => {
                let (put_key, put_elem) = (self.put(key), self.put(elem));
                match order {
                    Order::Ordered => {
                        let name = self.scale("AppendGoMap");
                        format!("{name}({b}, {value}, {put_key}, {put_elem})")
                    }
                    Order::Bytes => {
                        let name = self.scale("AppendGoMapFunc");
                        let bytes = self.file.import("bytes", "bytes");
                        let compare = closure(
                            &format!("func(x, y {}) int", self.file.typ(key.typ)),
                            &format!("return {bytes}.Compare(x[:], y[:])"),
                        );
                        format!("{name}({b}, {value}, {compare}, {put_key}, {put_elem})")
                    }
                }
            }
            Kind::Option(part) => {
                let name = self.scale("AppendOption");
                format!("{name}({b}, {value}, {})", self.put(part))
            }
            Kind::Result(ok, err) => {
                let name = self.scale("AppendResult");
                format!("{name}({b}, {value}, {}, {})", self.put(ok), self.put(err))
            }
            Kind::Map(key, elem) => {
                let name = self.scale("AppendMap");
                format!(
                    "{name}({b}, {value}, {}, {})",
                    self.put(key),
                    self.put(elem)
                )
            }
            Kind::Set(key) => {
                let name = self.scale("AppendSet");
                format!("{name}({b}, {value}, {})", self.put(key))
            }
            // Others than the empty one are encoded field by field.
            Kind::Struct(_) => b.to_owned(),
        }
    }

    /// A statement that decodes a variable from `d`.
    pub fn decode(&self, shape: &Shape, place: &Place) -> String {
        let value = place.value();
        let text = &place.text;
        match &shape.kind {
            Kind::Basic(plain) => {
                let read = format!("d.{}()", plain.name);
                match self.converted(shape.typ, *plain) {
                    Some(_) => format!("{value} = {}({read})", self.file.typ(shape.typ)),
                    None => format!("{value} = {read}"),
                }
            }
            Kind::Methods => format!("{text}.{}(d)", crate::DECODE),
            Kind::Functions(named, args) => {
                let name = self.declared("Decode", *named);
                let parts: Vec<String> = args.iter().map(|arg| self.get(arg)).collect();
                format!("{name}({}, d, {})", place.address(), parts.join(", "))
            }
            Kind::Sum(named) => format!("{value} = {}(d)", self.declared("Decode", *named)),
            Kind::Param(param) => format!("{}({}, d)", self.param("get", *param), place.address()),
            Kind::Slice(elem) => {
                let (name, min) = (self.scale("DecodeSlice"), self.shapes.min_size(elem));
                format!("{value} = {name}(d, {min}, {})", self.get(elem))
            }
            Kind::Array(_, elem) => {
                let name = self.scale("DecodeArray");
                format!("{name}(d, {text}[:], {})", self.get(elem))
            }
            Kind::ByteArray(_) => format!("d.Fixed({text}[:])"),
            Kind::Pointer(elem) => {
                let name = self.scale("DecodePointer");
                format!("{value} = {name}(d, {})", self.get(elem))
            }
            Kind::GoMap(_, key, elem) => self.decode_map("DecodeGoMap", &value, key, elem),
            Kind::Option(part) => {
                let name = self.scale("DecodeOption");
                format!("{value} = {name}(d, {})", self.get(part))
            }
            Kind::Result(ok, err) => {
                let name = self.scale("DecodeResult");
                format!("{value} = {name}(d, {}, {})", self.get(ok), self.get(err))
            }
            Kind::Map(key, elem) => self.decode_map("DecodeMap", &value, key, elem),
            Kind::Set(key) => {
                let (name, min) = (self.scale("DecodeSet"), self.shapes.min_size(key));
                format!("{value} = {name}(d, {min}, {})", self.get(key))
            }
            Kind::Struct(_) => String::new(),
        }
    }

    fn decode_map(&self, function: &str, value: &str, key: &Shape, elem: &Shape) -> String {
        let name = self.scale(function);
        let min = self
            .shapes
            .min_size(key)
            .saturating_add(self.shapes.min_size(elem));
        format!(
            "{value} = {name}(d, {min}, {}, {})",
            self.get(key),
            self.get(elem)
        )
    }

    /// A `scale.Put` function for a shape.
    pub fn put(&self, shape: &Shape) -> String {
        match &shape.kind {
            Kind::Basic(plain)
                if self.converted(shape.typ, *plain).is_none() && self.is_own(shape) =>
            {
                self.scale(&format!("Put{}", plain.name))
            }
            Kind::Methods => format!("(*{}).{}", self.file.typ(shape.typ), crate::APPEND),
            Kind::Sum(named) => self.declared("Put", *named),
            Kind::Param(param) => self.param("put", *param),
            Kind::ByteArray(32) if self.is_own(shape) => self.scale("PutHash"),
            Kind::Struct(_) if self.is_own(shape) => self.scale("PutUnit"),
            _ => closure(
                &format!("func(v *{}, b []byte) []byte", self.file.typ(shape.typ)),
                &format!("return {}", self.encode(shape, &Place::pointer("v"), "b")),
            ),
        }
    }

    /// A `scale.Get` function for a shape.
    pub fn get(&self, shape: &Shape) -> String {
        match &shape.kind {
            Kind::Basic(plain)
                if self.converted(shape.typ, *plain).is_none() && self.is_own(shape) =>
            {
                self.scale(&format!("Get{}", plain.name))
            }
            Kind::Methods => format!("(*{}).{}", self.file.typ(shape.typ), crate::DECODE),
            Kind::Sum(named) => self.declared("Get", *named),
            Kind::Param(param) => self.param("get", *param),
            Kind::ByteArray(32) if self.is_own(shape) => self.scale("GetHash"),
            Kind::Struct(_) if self.is_own(shape) => self.scale("GetUnit"),
            _ => {
                let body = self.decode(shape, &Place::pointer("v"));
                let typ = self.file.typ(shape.typ);
                let decoder = self.scale("Decoder");
                closure(&format!("func(v *{typ}, d *{decoder})"), &body)
            }
        }
    }

    /// Whether the type of a shape is the very one that functions of package `scale` take, and no declared type with
    /// the same underlying type.
    fn is_own(&self, shape: &Shape) -> bool {
        let store = self.shapes.model.store;
        match store.as_named(shape.typ) {
            None => true,
            Some(named) => [SCALE, NUM].contains(&self.shapes.model.path_and_name(named).0),
        }
    }
}

/// The parameter that encodes (`put`) or decodes (`get`) values of a type parameter.
pub(crate) fn param_function(prefix: &str, param: &str) -> String {
    format!("{prefix}{}", crate::names::upper_first(param))
}
