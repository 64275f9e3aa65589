//! Calls through reflection (decision record 0004).
//!
//! Package `reflect` lays the arguments and results of a call out in a frame, as Go's ABI0 does, and calls code
//! whose type it knows only at run time. WebAssembly's calls are typed, so that one *call adapter* is made for each
//! distinct frame: it takes the scalars out of the frame, calls, and puts the results back. A function value made at
//! run time has a *stub* as its code, which goes the other way: it fills a frame and calls the package.
//!
//! A frame is described by its *shape*, a text that the compiler and the overlay of `reflect` both derive from the
//! types: `c` for code that takes a closure pointer or `m` for a method as it stands in itabs, whose receiver is the
//! frame's first word; the parameters; `>`; the results. Each scalar is a letter and its offset, each value of
//! memory type `m`, its offset, `:` and its size.

use crate::cx::{Cx, FuncInst};
use crate::func::FuncLowering;
use crate::layout::align_up;
use crate::output::Output;
use crate::program::{Callable, Item};
use crate::scalars::{Context, FuncTypes};
use crate::statics::Blob;
use polkago_ir::{MemType, Signature, Symbol, Type, Value};
use polkago_types::{ObjId, ObjKind, TypeId};
use std::fmt::Write as _;
use std::sync::Arc;

/// One scalar or value of memory type in a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Piece {
    /// A scalar at an offset.
    Scalar(MemType, u32),
    /// A value that is passed by its address: offset and size.
    Memory(u32, u32),
}

/// Letters of scalars in shapes.
const LETTERS: [(char, MemType); 9] = [
    ('b', MemType::U8),
    ('a', MemType::S8),
    ('h', MemType::U16),
    ('s', MemType::S16),
    ('i', MemType::Full(Type::I32)),
    ('l', MemType::Full(Type::I64)),
    ('f', MemType::Full(Type::F32)),
    ('d', MemType::Full(Type::F64)),
    ('p', MemType::Full(Type::Ref)),
];

/// A shape taken apart.
#[derive(Debug, Default)]
struct Shape {
    /// Whether the code takes a closure pointer.
    closure: bool,
    params: Vec<Piece>,
    results: Vec<Piece>,
}

impl Shape {
    /// Reads the text that [`shape_text`] has written.
    fn parse(text: &str) -> Self {
        let (params, results) = text.split_at(text.find('>').unwrap_or(text.len()));
        Self {
            closure: params.starts_with('c'),
            params: pieces(params.get(1..).unwrap_or("")),
            results: pieces(results.get(1..).unwrap_or("")),
        }
    }

    /// The signature of the code that is called.
    fn signature(&self) -> Signature {
        let mut sig = Signature::default();
        if self.closure {
            sig.params.push(Type::Ref);
        }
        for piece in &self.results {
            match piece {
                Piece::Scalar(mem, _) => sig.results.push(mem.value_type()),
                Piece::Memory(..) => sig.params.push(Type::Ref),
            }
        }
        sig.params.extend(self.params.iter().map(|p| match p {
            Piece::Scalar(mem, _) => mem.value_type(),
            Piece::Memory(..) => Type::Ref,
        }));
        sig
    }
}

/// The pieces that a part of a shape lists.
fn pieces(text: &str) -> Vec<Piece> {
    let starts = text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic());
    let mut starts = starts.peekable();
    let mut pieces = Vec::new();
    while let Some((at, letter)) = starts.next() {
        let end = starts.peek().map_or(text.len(), |&(next, _)| next);
        let (offset, size) = match text[at + 1..end].split_once(':') {
            Some((offset, size)) => (offset, size.parse().unwrap_or(0)),
            None => (&text[at + 1..end], 0),
        };
        let offset = offset.parse().unwrap_or(0);
        pieces.push(match LETTERS.iter().find(|(l, _)| *l == letter) {
            Some(&(_, mem)) => Piece::Scalar(mem, offset),
            None => Piece::Memory(offset, size),
        });
    }
    pieces
}

/// The shape of the frames of functions of a type, or of methods of that type without receiver.
pub(crate) fn shape_text(cx: &Cx<'_>, types: &FuncTypes, method: bool) -> Arc<str> {
    let (mut text, mut at) = match method {
        true => ("mp0".to_owned(), 4),
        false => ("c".to_owned(), 0),
    };
    for &t in types.recv.iter().chain(&types.params) {
        at = put_value(cx, &mut text, t, at);
    }
    text.push('>');
    at = align_up(at, 4);
    for &t in &types.results {
        at = put_value(cx, &mut text, t, at);
    }
    text.into()
}

/// Adds a value to a shape and gives the offset behind it.
fn put_value(cx: &Cx<'_>, text: &mut String, t: TypeId, at: u64) -> u64 {
    let info = cx.info(t);
    let at = align_up(at, u64::from(info.align));
    // Writing to a string never fails.
    if info.memory {
        let _ = write!(text, "m{at}:{}", info.size);
    }
    for leaf in &info.leaves {
        let letter = LETTERS.iter().find(|(_, mem)| *mem == leaf.mem);
        let letter = letter.map_or('i', |(l, _)| *l);
        let _ = write!(text, "{letter}{}", at + u64::from(leaf.offset));
    }
    at + u64::from(info.size)
}

impl Cx<'_> {
    /// A function or variable that package `reflect` declares at package level.
    pub fn reflect_obj(&self, name: &str) -> Option<ObjId> {
        let pkg = self.packages.iter().find(|p| &*p.path == "reflect")?;
        self.store.lookup_in_pkg(pkg.id, name)
    }

    /// A variable of package `reflect` as an item.
    pub fn reflect_var(&self, name: &str) -> Option<Item> {
        let obj = self.reflect_obj(name)?;
        matches!(self.obj(obj).kind, ObjKind::Var(_)).then_some(Item::Var(obj))
    }
}

/// The adapter that calls code with a frame of a shape: the code of a function value that takes what is called, a
/// pointer to a word with a table index, and the frame; and that value.
pub(crate) fn call_adapter(cx: &Cx<'_>, text: &Arc<str>) -> Output {
    let shape = Shape::parse(text);
    let code = adapter_code(text);
    let sig = Signature {
        params: vec![Type::Ref, Type::Ref, Type::Ref],
        ..Signature::default()
    };
    let mut f = FuncLowering::generated(cx, code.clone(), sig);
    let [_, func, frame] = *f.b.params() else {
        return f.finish();
    };
    let mut args = Vec::new();
    if shape.closure {
        args.push(func);
    }
    let memory = |p: &&Piece| matches!(p, Piece::Memory(..));
    for piece in shape.results.iter().filter(memory).chain(&shape.params) {
        args.push(match *piece {
            Piece::Scalar(mem, offset) => f.b.load(mem, frame, offset),
            Piece::Memory(offset, _) => f.offset(frame, offset),
        });
    }
    let index = f.b.load(MemType::Full(Type::I32), func, 0);
    let results = f.b.call_indirect(&shape.signature(), index, &args);
    put_results(&mut f, &shape, frame, &results);
    f.b.ret(&[]);

    let mut blob = Blob::zero(4);
    blob.put_func(0, code);
    let name = cx.symbol(&Item::CallAdapter(text.clone()));
    f.out.data.push(blob.into_data(name, 4, None));
    f.finish()
}

/// Stores the scalar results of a call in its frame.
fn put_results(f: &mut FuncLowering<'_>, shape: &Shape, frame: Value, results: &[Value]) {
    let scalars = shape.results.iter().filter_map(|p| match *p {
        Piece::Scalar(mem, offset) => Some((mem, offset)),
        Piece::Memory(..) => None,
    });
    for ((mem, offset), &value) in scalars.zip(results) {
        f.b.store(mem, frame, offset, value);
    }
}

/// The symbol of an adapter's code.
fn adapter_code(shape: &str) -> Symbol {
    format!("reflect.call:{shape}").into()
}

/// The code of function values that package `reflect` makes: it fills a frame, lets the package call what stands
/// behind the value, and takes the results out of the frame. That of a method of a type that the package makes panics: it
/// belongs to an embedded interface.
pub(crate) fn func_stub(cx: &Cx<'_>, text: &Arc<str>) -> Output {
    let shape = Shape::parse(text);
    let name = cx.symbol(&Item::FuncStub(text.clone()));
    let sig = shape.signature();
    let mut f = FuncLowering::generated(cx, name, sig.clone());
    if !shape.closure {
        package_call(&mut f, "embeddedIfaceMethStub", &[]);
        let zeros = sig.results.iter().map(|&t| f.b.zero_value(t));
        let zeros: Vec<Value> = zeros.collect();
        f.b.ret(&zeros);
        return f.finish();
    }
    let params: Vec<Value> = f.b.params().to_vec();
    let closure = params[0];
    let by_panic = f.called_by_panic();
    let memory = |p: &&Piece| matches!(p, Piece::Memory(..));
    let dests = shape.results.iter().filter(memory).count();
    let frame = package_call(&mut f, "stubFrame", &[closure]);
    let Some(&frame) = frame.first() else {
        f.trap();
        return f.finish();
    };
    for (piece, &value) in shape.params.iter().zip(&params[1 + dests..]) {
        match *piece {
            Piece::Scalar(mem, offset) => f.b.store(mem, frame, offset, value),
            Piece::Memory(offset, size) => {
                let to = f.offset(frame, offset);
                let len = f.b.i32const(size as i32);
                f.b.mem_copy(to, value, len, false);
            }
        }
    }
    package_call(&mut f, "stubCall", &[closure, frame, by_panic]);
    let mut results = Vec::new();
    let mut dest = params[1..].iter();
    for piece in &shape.results {
        match *piece {
            Piece::Scalar(mem, offset) => results.push(f.b.load(mem, frame, offset)),
            Piece::Memory(offset, size) => {
                let from = f.offset(frame, offset);
                let len = f.b.i32const(size as i32);
                if let Some(&to) = dest.next() {
                    f.b.mem_copy(to, from, len, false);
                }
            }
        }
    }
    f.b.ret(&results);
    f.finish()
}

/// Calls a function of the overlay of package `reflect`.
fn package_call(f: &mut FuncLowering<'_>, name: &str, args: &[Value]) -> Vec<Value> {
    let Some(obj) = f.cx.reflect_obj(name) else {
        f.error(format!("polkago: package reflect has no function {name}"));
        return Vec::new();
    };
    let inst = FuncInst::plain(obj);
    let sig = f.cx.signature(&f.cx.func_types(&inst), Context::None);
    let symbol = f.need(Item::Func(Callable::Declared(inst)));
    f.b.call(&symbol, &sig, args).to_vec()
}
