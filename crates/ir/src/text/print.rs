//! The printer of the text form.

use super::names::plain_symbol_len;
use crate::{
    BlockCall, Data, Export, FuncAttrs, Function, Global, Import, Inst, InstData, Module,
    Signature, StackSlotData, Type, Value,
};
use std::fmt::{self, Display, Formatter, Write};

impl Display for Type {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// `(i32, ref) -> i64`
impl Display for Signature {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "({})", list(&self.params))?;
        match self.results.as_slice() {
            [] => Ok(()),
            [one] => write!(f, " -> {one}"),
            more => write!(f, " -> ({})", list(more)),
        }
    }
}

impl Display for Module {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut separator = Separator::default();
        for import in self.imports.values() {
            separator.begin(f, "import")?;
            write!(f, "{import}")?;
        }
        for global in self.globals.values() {
            separator.begin(f, "global")?;
            write!(f, "{global}")?;
        }
        for data in self.data.values() {
            separator.begin(f, "data")?;
            write!(f, "{data}")?;
        }
        for export in &self.exports {
            separator.begin(f, "export")?;
            write!(f, "{export}")?;
        }
        for func in self.funcs.values() {
            separator.begin(f, "")?;
            write!(f, "{func}")?;
        }
        Ok(())
    }
}

/// Puts an empty line between groups of items, and between functions.
#[derive(Default)]
struct Separator(Option<&'static str>);

impl Separator {
    fn begin(&mut self, f: &mut Formatter<'_>, kind: &'static str) -> fmt::Result {
        match self.0.replace(kind) {
            Some(last) if last != kind || kind.is_empty() => f.write_char('\n'),
            Some(_) | None => Ok(()),
        }
    }
}

impl Display for Import {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (name, sig) = (Sym(&self.name), &self.sig);
        let (module, field) = (Text(&self.module), Text(&self.field));
        writeln!(f, "import {name} = {module} {field} {sig}")
    }
}

impl Display for Global {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "global {}: {} = ", Sym(&self.name), self.ty)?;
        match self.ty {
            Type::I32 => writeln!(f, "{}", self.init as i32),
            Type::I64 | Type::Ref => writeln!(f, "{}", self.init as i64),
            Type::F32 => writeln!(f, "{}", F32(self.init as u32)),
            Type::F64 => writeln!(f, "{}", F64(self.init)),
        }
    }
}

impl Display for Data {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "data {} align {}", Sym(&self.name), self.align)?;
        if self.size as usize != self.bytes.len() {
            write!(f, " size {}", self.size)?;
        }
        f.write_str(if self.mutable {
            " mutable"
        } else {
            " readonly"
        })?;
        if self.mergeable {
            f.write_str(" mergeable")?;
        }
        write!(f, " {}", Bytes(&self.bytes))?;
        if self.refs.is_empty() && self.relocs.is_empty() {
            return f.write_char('\n');
        }
        f.write_str(" {\n")?;
        if !self.refs.is_empty() {
            writeln!(f, "    refs {}", list(&self.refs))?;
        }
        for reloc in &self.relocs {
            let kind = match reloc.kind {
                crate::RelocKind::Addr => "addr",
                crate::RelocKind::FuncIndex => "func",
            };
            let (sym, addend) = (Sym(&reloc.sym), Offset(reloc.addend.into()));
            writeln!(f, "    {}: {kind} {sym}{addend}", reloc.offset)?;
        }
        f.write_str("}\n")
    }
}

impl Display for Export {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "export {} {}", Text(&self.name), Sym(&self.func))
    }
}

impl Display for Function {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "func {}{}", Sym(&self.name), self.sig)?;
        let FuncAttrs {
            noinline,
            nocollect,
            noreturn,
            pure,
            exit_barrier,
            no_arguments,
        } = self.attrs;
        for (set, name) in [
            (noinline, "noinline"),
            (nocollect, "nocollect"),
            (noreturn, "noreturn"),
            (pure, "pure"),
            (exit_barrier, "exit_barrier"),
            (no_arguments, "no_arguments"),
        ] {
            if set {
                write!(f, " {name}")?;
            }
        }
        if let Some(slot) = self.suspend_slot.expand() {
            write!(f, " suspends {slot}")?;
        }
        if let Some(origin) = &self.resumes {
            write!(f, " resumes {}", Sym(origin))?;
        }
        if !self.borrows.is_empty() {
            write!(f, " borrows {}", list(&self.borrows))?;
        }
        f.write_str(" {\n")?;
        for (slot, data) in &self.slots {
            let StackSlotData { size, align, refs } = data;
            write!(f, "    {slot} = slot size {size} align {align}")?;
            if !refs.is_empty() {
                write!(f, " refs {}", list(refs))?;
            }
            f.write_char('\n')?;
        }
        for (loc, data) in &self.locs {
            write!(
                f,
                "    {loc} = {}:{}:{}",
                Text(&data.file),
                data.line,
                data.col
            )?;
            if let Some(func) = &data.func {
                write!(f, " {}", Sym(func))?;
            }
            if let Some(at) = data.inlined_at.expand() {
                write!(f, " in {at}")?;
            }
            f.write_char('\n')?;
        }
        for &block in &self.layout {
            write!(f, "{block}")?;
            let params = &self.blocks[block].params;
            if !params.is_empty() {
                let typed = params
                    .iter()
                    .map(|&p| format!("{p}: {}", self.value_type(p)));
                write!(f, "({})", list(&typed.collect::<Vec<_>>()))?;
            }
            f.write_str(":\n")?;
            for &inst in &self.blocks[block].insts {
                writeln!(f, "    {}", self.display_inst(inst))?;
            }
        }
        f.write_str("}\n")
    }
}

impl Function {
    /// One instruction as it stands in the text form, without indentation.
    #[must_use]
    pub fn display_inst(&self, inst: Inst) -> impl Display + '_ {
        DisplayInst { func: self, inst }
    }
}

/// See [`Function::display_inst`].
struct DisplayInst<'a> {
    func: &'a Function,
    inst: Inst,
}

impl Display for DisplayInst<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let func = self.func;
        let results = &func.results[self.inst];
        if !results.is_empty() {
            write!(f, "{} = ", list(results))?;
        }
        let sym = |s: crate::SymRef| Sym(&func.syms[s]);
        match &func.insts[self.inst] {
            InstData::I32Const(n) => write!(f, "i32const {n}"),
            InstData::I64Const(n) => write!(f, "i64const {n}"),
            InstData::F32Const(bits) => write!(f, "f32const {}", F32(*bits)),
            InstData::F64Const(bits) => write!(f, "f64const {}", F64(*bits)),
            InstData::Null => f.write_str("null"),
            InstData::SymAddr { sym: s, offset } => {
                write!(f, "sym_addr {}{}", sym(*s), Offset((*offset).into()))
            }
            InstData::FuncIndex(s) => write!(f, "func_index {}", sym(*s)),
            InstData::StackAddr { slot, offset } => {
                write!(f, "stack_addr {slot}{}", Offset((*offset).into()))
            }
            InstData::Unary { op, x, ty } => {
                write!(f, "{} {x}", op.name())?;
                if *ty == op.result_type(func.value_type(*x)) {
                    Ok(())
                } else {
                    write!(f, " : {ty}")
                }
            }
            InstData::Binary { op, x, y } => write!(f, "{} {x}, {y}", op.name()),
            InstData::Select { cond, x, y } => write!(f, "select {cond}, {x}, {y}"),
            InstData::Load { mem, addr, offset } => {
                write!(f, "load.{} {addr}{}", mem.name(), Offset((*offset).into()))
            }
            InstData::Store {
                mem,
                addr,
                value,
                offset,
            } => {
                let offset = Offset((*offset).into());
                write!(f, "store.{} {addr}{offset}, {value}", mem.name())
            }
            InstData::MemCopy {
                dst,
                src,
                len,
                plain,
            } => {
                let op = if *plain { "mem_copy_plain" } else { "mem_copy" };
                write!(f, "{op} {dst}, {src}, {len}")
            }
            InstData::MemFill { dst, byte, len } => write!(f, "mem_fill {dst}, {byte}, {len}"),
            InstData::Call { func: s, sig, args } => {
                write!(f, "call {}({}) : {}", sym(*s), list(args), func.sigs[*sig])
            }
            InstData::CallIndirect { sig, callee, args } => {
                let sig = &func.sigs[*sig];
                write!(f, "call_indirect {callee}({}) : {sig}", list(args))
            }
            InstData::GlobalGet { global, ty } => write!(f, "global_get {} : {ty}", sym(*global)),
            InstData::GlobalSet { global, value } => {
                write!(f, "global_set {}, {value}", sym(*global))
            }
            InstData::MemorySize => f.write_str("memory_size"),
            InstData::MemoryGrow(pages) => write!(f, "memory_grow {pages}"),
            InstData::ExitCheck => f.write_str("exit_check"),
            InstData::Jump(target) => write!(f, "jump {}", Target(target)),
            InstData::Brif { cond, then, els } => {
                write!(f, "brif {cond}, {}, {}", Target(then), Target(els))
            }
            InstData::BrTable {
                index,
                targets,
                default,
            } => {
                let targets: Vec<_> = targets.iter().map(Target).collect();
                let default = Target(default);
                write!(f, "br_table {index}, [{}], {default}", list(&targets))
            }
            InstData::Return(values) if values.is_empty() => f.write_str("return"),
            InstData::Return(values) => write!(f, "return {}", list(values)),
            InstData::ReturnExit => f.write_str("return_exit"),
            InstData::Trap(code) => write!(f, "trap {}", code.name()),
        }?;
        match func.inst_locs[self.inst].expand() {
            Some(loc) => write!(f, " !{loc}"),
            None => Ok(()),
        }
    }
}

/// Items with commas between them.
fn list<T: Display>(items: &[T]) -> impl Display {
    struct List<'a, T>(&'a [T]);
    impl<T: Display> Display for List<'_, T> {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            for (i, item) in self.0.iter().enumerate() {
                if i > 0 {
                    f.write_str(", ")?;
                }
                write!(f, "{item}")?;
            }
            Ok(())
        }
    }
    List(items)
}

/// A branch target with its arguments.
struct Target<'a>(&'a BlockCall);

impl Display for Target<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let args: &[Value] = &self.0.args;
        if args.is_empty() {
            write!(f, "{}", self.0.block)
        } else {
            write!(f, "{}({})", self.0.block, list(args))
        }
    }
}

/// ` + 4`, ` - 4`, or nothing for 0.
struct Offset(i64);

impl Display for Offset {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            n if n > 0 => write!(f, " + {n}"),
            n => write!(f, " - {}", n.unsigned_abs()),
        }
    }
}

/// A float by its bits. The shortest decimal number that reads back as the same one.
struct F32(u32);

impl Display for F32 {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let x = f32::from_bits(self.0);
        if x.is_finite() {
            write!(f, "{x:?}")
        } else {
            write!(f, "bits {:#x}", self.0)
        }
    }
}

/// See [`F32`].
struct F64(u64);

impl Display for F64 {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let x = f64::from_bits(self.0);
        if x.is_finite() {
            write!(f, "{x:?}")
        } else {
            write!(f, "bits {:#x}", self.0)
        }
    }
}

/// A symbol, quoted where its characters ask for it.
struct Sym<'a>(&'a str);

impl Display for Sym<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let name = self.0;
        if !name.is_empty() && plain_symbol_len(name) == name.len() {
            write!(f, "@{name}")
        } else {
            write!(f, "@{}", Text(name))
        }
    }
}

/// A string literal of readable text.
struct Text<'a>(&'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                c if c.is_control() => {
                    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                        write!(f, "\\{byte:02x}")?;
                    }
                }
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

/// A string literal of any bytes.
struct Bytes<'a>(&'a [u8]);

impl Display for Bytes<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for &byte in self.0 {
            match byte {
                b'"' | b'\\' => write!(f, "\\{}", byte as char)?,
                b' '..=b'~' => f.write_char(byte as char)?,
                _ => write!(f, "\\{byte:02x}")?,
            }
        }
        f.write_char('"')
    }
}
