//! Go expressions for the length of an encoding.

use crate::code::{Coder, Place};
use crate::file::closure;
use crate::model::Marked;
use crate::shape::{Kind, Shape};

/// The length of an encoding.
#[derive(Default)]
pub(crate) struct Size {
    /// Bytes that it always has.
    pub bytes: u64,
    /// Go expressions for the others.
    pub terms: Vec<String>,
}

impl Size {
    fn fixed(bytes: u64) -> Self {
        Self {
            bytes,
            terms: Vec::new(),
        }
    }

    fn term(term: String) -> Self {
        Self {
            bytes: 0,
            terms: vec![term],
        }
    }

    /// The length of two encodings, one behind the other.
    pub fn and(mut self, other: Self) -> Self {
        self.bytes += other.bytes;
        self.terms.extend(other.terms);
        self
    }

    /// The Go expression.
    pub fn text(&self) -> String {
        if self.bytes == 0 && !self.terms.is_empty() {
            return self.terms.join(" + ");
        }
        let mut text = self.bytes.to_string();
        for term in &self.terms {
            text.push_str(" + ");
            text.push_str(term);
        }
        text
    }
}

impl Coder<'_> {
    /// The length of the encoding of a variable.
    pub fn size(&self, shape: &Shape, place: &Place) -> Size {
        if self.shapes.is_fixed(shape) {
            return Size::fixed(self.shapes.min_size(shape));
        }
        let (value, text) = (place.value(), &place.text);
        let call = |function: &str, args: &[&str]| {
            Size::term(format!("{}({})", self.scale(function), args.join(", ")))
        };
        match &shape.kind {
            Kind::Basic(plain) => {
                let (name, value) = self.plain(shape.typ, *plain, value);
                call(&format!("Size{name}"), &[&value])
            }
            Kind::Methods if self.has_size(shape) => {
                Size::term(format!("{text}.{}()", crate::SIZE))
            }
            Kind::Methods => Size::term(format!("len({text}.{}(nil))", crate::APPEND)),
            Kind::Functions(named, args) => {
                let name = self.declared("Size", *named);
                let parts: Vec<String> = args.iter().map(|arg| self.sizer(arg)).collect();
                Size::term(format!("{name}({}, {})", place.address(), parts.join(", ")))
            }
            Kind::Sum(named) => Size::term(format!("{}({value})", self.declared("Size", *named))),
            Kind::Param(param) => Size::term(format!(
                "{}({})",
                self.param("size", *param),
                place.address()
            )),
            Kind::Slice(elem) if self.shapes.is_fixed(elem) => {
                let len = format!("{}(len({value}))", self.scale("SizeLen"));
                Size::term(match self.shapes.min_size(elem) {
                    0 => len,
                    1 => format!("{len} + len({value})"),
                    size => format!("{len} + {size}*len({value})"),
                })
            }
            Kind::Slice(elem) => call("SizeSlice", &[&value, &self.sizer(elem)]),
            Kind::Array(_, elem) => call("SizeArray", &[&format!("{text}[:]"), &self.sizer(elem)]),
            Kind::Pointer(elem) => self.size(elem, &place.target()),
            Kind::GoMap(_, key, elem) => {
                call("SizeGoMap", &[&value, &self.sizer(key), &self.sizer(elem)])
            }
            Kind::Option(part) => call("SizeOption", &[&value, &self.sizer(part)]),
            Kind::Result(ok, err) => {
                call("SizeResult", &[&value, &self.sizer(ok), &self.sizer(err)])
            }
            Kind::Map(key, elem) => call("SizeMap", &[&value, &self.sizer(key), &self.sizer(elem)]),
            Kind::Set(key) => call("SizeSet", &[&value, &self.sizer(key)]),
            Kind::Struct(fields) => {
                let sizes = fields.iter().map(|field| {
                    let place = Place::variable(format!("{text}.{}", field.name));
                    self.size(&field.shape, &place)
                });
                sizes.fold(Size::default(), Size::and)
            }
            // Arrays of bytes have all the same length.
            Kind::ByteArray(len) => Size::fixed(*len),
        }
    }

    /// A `scale.Size` function for a shape.
    fn sizer(&self, shape: &Shape) -> String {
        match &shape.kind {
            Kind::Methods if self.has_size(shape) => {
                format!("(*{}).{}", self.file.typ(shape.typ), crate::SIZE)
            }
            Kind::Param(param) => self.param("size", *param),
            _ => closure(
                &format!("func(v *{}) int", self.file.typ(shape.typ)),
                &format!("return {}", self.size(shape, &Place::pointer("v")).text()),
            ),
        }
    }

    /// Whether a type with methods tells the length as well: those that are generated do.
    fn has_size(&self, shape: &Shape) -> bool {
        let model = self.shapes.model;
        let Some(named) = model.store.as_named(shape.typ) else {
            return false;
        };
        match model.mark_of(named) {
            Some(Marked::Plain | Marked::Constants(_)) => true,
            Some(Marked::Sum(_)) | None => model.declares(named, crate::SIZE),
        }
    }
}
