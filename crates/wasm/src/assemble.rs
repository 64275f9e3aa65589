//! Puts the sections of the module together.

use crate::code::encode::Body;
use crate::fold::Folded;
use crate::helpers::Helper;
use crate::names::{LINES, Lines, name_section};
use crate::profile::MemorySource;
use crate::program::frames::Prepared;
use crate::program::layout::PAGE;
use crate::program::{GlobalDef, Program};
use crate::report::{FunctionSize, Report, SectionSize};
use crate::{Error, Output};
use polkago_ir::Symbol;
use rustc_hash::FxHashSet;
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, EntityType, ExportKind, ExportSection,
    FunctionSection, GlobalSection, GlobalType, ImportSection, MemorySection, MemoryType, Module,
    Section, TypeSection,
};

struct Assembly {
    module: Module,
    sections: Vec<SectionSize>,
}

impl Assembly {
    fn add(&mut self, name: &str, section: &impl Section) {
        let before = self.module.len();
        self.module.section(section);
        self.sections.push(SectionSize {
            name: name.to_owned(),
            bytes: self.module.len() - before,
        });
    }
}

/// Puts the module together. `folded` says which of the functions in `prepared`, followed by helpers and dispatchers, remain;
/// `bodies` are those, with the indices of their types.
pub fn assemble(
    program: &Program<'_>,
    prepared: &[Prepared<'_>],
    folded: &Folded,
    bodies: &[(u32, Body)],
) -> Result<Output, Error> {
    let mut out = Assembly {
        module: Module::new(),
        sections: Vec::new(),
    };
    types(program, &mut out);
    imports(program, &mut out);
    let mut functions = FunctionSection::new();
    for (ty, _) in bodies {
        functions.function(*ty);
    }
    out.add("function", &functions);
    if let MemorySource::Export(_) = program.facts.memory {
        let mut memories = MemorySection::new();
        memories.memory(memory_type(program));
        out.add("memory", &memories);
    }
    globals_and_exports(program, folded, &mut out)?;
    let emitted = emitted(program, prepared, folded);
    let (code, lines) = rayon::join(
        || {
            let mut code = CodeSection::new();
            for (_, body) in bodies {
                code.raw(&body.bytes);
            }
            code
        },
        || lines(program, &emitted, bodies),
    );
    out.add("code", &code);
    if !program.layout.segments.is_empty() {
        let mut data = DataSection::new();
        for (address, bytes) in &program.layout.segments {
            let at = ConstExpr::i32_const(*address as i32);
            data.active(0, &at, bytes.iter().copied());
        }
        out.add("data", &data);
    }
    customs(program, &emitted, &lines, &mut out);
    let functions = emitted
        .iter()
        .zip(bodies)
        .map(|(func, (_, body))| FunctionSize {
            name: Symbol::from(func.name()),
            bytes: body.bytes.len(),
            frame: func.frame_size(),
        });
    let functions = functions.collect();
    let layout = &program.layout;
    Ok(Output {
        bytes: out.module.finish(),
        report: Report {
            sections: out.sections,
            functions,
            read_only_data: layout.sizes[0],
            mutable_data: layout.sizes[1],
            zero_data: layout.sizes[2],
            data_end: layout.data_end,
            heap_base: layout.heap_base,
            table_entries: program.table_len,
        },
    })
}

fn types(program: &Program<'_>, out: &mut Assembly) {
    let mut types = TypeSection::new();
    for (params, result) in &program.types {
        let params = params.iter().map(|ty| ty.encoded());
        types
            .ty()
            .function(params, result.iter().map(|ty| ty.encoded()));
    }
    out.add("type", &types);
}

fn memory_type(program: &Program<'_>) -> MemoryType {
    MemoryType {
        minimum: u64::from(program.layout.heap_base)
            .max(program.facts.memory_size)
            .div_ceil(PAGE),
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    }
}

fn imports(program: &Program<'_>, out: &mut Assembly) {
    let mut imports = ImportSection::new();
    if let MemorySource::Import { module, field } = program.facts.memory {
        imports.import(module, field, EntityType::Memory(memory_type(program)));
    }
    for import in &program.imports {
        let ty = EntityType::Function(program.type_index(&import.sig));
        imports.import(&import.module, &import.field, ty);
    }
    if !imports.is_empty() {
        out.add("import", &imports);
    }
}

fn global_init(global: &GlobalDef) -> ConstExpr {
    use crate::code::Ty;
    match global.ty {
        Ty::I32 => ConstExpr::i32_const(global.init as i32),
        Ty::I64 => ConstExpr::i64_const(global.init as i64),
        Ty::F32 => ConstExpr::f32_const(f32::from_bits(global.init as u32).into()),
        Ty::F64 => ConstExpr::f64_const(f64::from_bits(global.init).into()),
    }
}

fn globals_and_exports(
    program: &Program<'_>,
    folded: &Folded,
    out: &mut Assembly,
) -> Result<(), Error> {
    let facts = &program.facts;
    let mut globals = GlobalSection::new();
    for global in &program.globals {
        let ty = GlobalType {
            val_type: global.ty.encoded(),
            mutable: true,
            shared: false,
        };
        globals.global(ty, &global_init(global));
    }
    let mut exports = ExportSection::new();
    let mut names: FxHashSet<&str> = FxHashSet::default();
    let mut export = |name: &str, kind, index| {
        exports.export(name, kind, index);
    };
    if let MemorySource::Export(name) = facts.memory {
        names.insert(name);
        export(name, ExportKind::Memory, 0);
    }
    if let Some(name) = facts.heap_base_export {
        names.insert(name);
        export(name, ExportKind::Global, globals.len());
        let ty = GlobalType {
            val_type: wasm_encoder::ValType::I32,
            mutable: false,
            shared: false,
        };
        globals.global(ty, &ConstExpr::i32_const(program.layout.heap_base as i32));
    }
    for e in &program.module.exports {
        if !names.insert(&e.name) {
            return Err(Error::DuplicateExport {
                name: e.name.clone(),
            });
        }
        let index = folded.index[program.func_index(&e.func) as usize];
        export(&e.name, ExportKind::Func, index);
    }
    if let Some(name) = facts.entry
        && !program.module.exports.iter().any(|e| e.name == name)
    {
        return Err(Error::NoEntry {
            name,
            profile: facts.name,
        });
    }
    if !globals.is_empty() {
        out.add("global", &globals);
    }
    out.add("export", &exports);
    Ok(())
}

fn custom(out: &mut Assembly, name: &str, data: &[u8]) {
    let section = CustomSection {
        name: name.into(),
        data: data.into(),
    };
    out.add(name, &section);
}

/// A function of the module, not one of the host.
enum Emitted<'a> {
    Func(&'a Prepared<'a>),
    Helper(Helper),
    Dispatcher,
}

impl Emitted<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Func(prepared) => &prepared.func.name,
            Self::Helper(helper) => helper.name(),
            Self::Dispatcher => "polkago.dispatch",
        }
    }

    fn frame_size(&self) -> Option<u32> {
        match self {
            Self::Func(prepared) => prepared.frame.as_ref().map(|f| f.size),
            Self::Helper(_) | Self::Dispatcher => None,
        }
    }
}

/// The functions that remain, in order.
fn emitted<'a>(
    program: &Program<'_>,
    prepared: &'a [Prepared<'a>],
    folded: &Folded,
) -> Vec<Emitted<'a>> {
    let helpers: Vec<Helper> = program.helpers.iter().collect();
    let func = |&i: &usize| match prepared.get(i) {
        Some(prepared) => Emitted::Func(prepared),
        None => match helpers.get(i - prepared.len()) {
            Some(&helper) => Emitted::Helper(helper),
            None => Emitted::Dispatcher,
        },
    };
    folded.kept.iter().map(func).collect()
}

fn customs(program: &Program<'_>, emitted: &[Emitted<'_>], lines: &[u8], out: &mut Assembly) {
    for (name, data) in &program.options.custom_sections {
        custom(out, name, data);
    }
    if program.options.strip {
        return;
    }
    let imports = program.imports.iter().map(|i| &*i.name);
    let names = imports.chain(emitted.iter().map(Emitted::name));
    out.add("name", &name_section(names, program));
    if !lines.is_empty() {
        custom(out, LINES, lines);
    }
    let mut producers = wasm_encoder::ProducersSection::new();
    let mut field = wasm_encoder::ProducersField::new();
    field.value("polkago", env!("CARGO_PKG_VERSION"));
    producers.field("processed-by", &field);
    out.add("producers", &producers);
}

/// The table of source lines, if it is wanted and there are any.
fn lines(program: &Program<'_>, emitted: &[Emitted<'_>], bodies: &[(u32, Body)]) -> Vec<u8> {
    if program.options.strip {
        return Vec::new();
    }
    let mut lines = Lines::default();
    for (i, (func, (_, body))) in emitted.iter().zip(bodies).enumerate() {
        let index = (program.imports.len() + i) as u32;
        match func {
            Emitted::Func(prepared) => lines.add(index, &prepared.func, &body.lines),
            Emitted::Helper(_) | Emitted::Dispatcher => {}
        }
    }
    if lines.is_empty() {
        Vec::new()
    } else {
        lines.finish()
    }
}
