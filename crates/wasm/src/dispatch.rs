//! Calls through function values without a table.
//!
//! A call of a type goes to a function of its own, the type's dispatcher, which takes the arguments and then the value,
//! as `call_indirect` does, and branches to a call of each function of that type whose address is taken: the program is
//! whole, so there are no others. The functions of one type have adjacent numbers, so that one `br_table` suffices.
//!
//! That takes less than `call_indirect`, for which an engine looks up address, type and context of the function in
//! memory; and a table is one more piece of memory that an instance has to get ready (decision record 0019).

use crate::code::{Code, Label, Op, Ty, opcode as oc};
use crate::program::{FuncType, Program};
use std::collections::BTreeMap;

/// The type of the dispatcher of a type.
pub fn dispatcher_type((params, result): &FuncType) -> FuncType {
    let mut params = params.clone();
    params.push(Ty::I32);
    (params, *result)
}

/// Makes the calls through values that are in `codes`, given with their types, calls of dispatchers. Returns those,
/// with their types; they follow the last of `codes`.
pub fn dispatch(codes: &mut [(u32, Code)], program: &Program<'_>) -> Vec<(u32, Code)> {
    let first = (program.imports.len() + codes.len()) as u32;
    let mut types: BTreeMap<u32, u32> = BTreeMap::new();
    for (_, code) in &*codes {
        for (op, _) in &code.ops {
            if let Op::CallIndirect(ty) = op {
                types.insert(*ty, 0);
            }
        }
    }
    for (index, dispatcher) in (first..).zip(types.values_mut()) {
        *dispatcher = index;
    }
    for (_, code) in codes {
        for (op, _) in &mut code.ops {
            if let Op::CallIndirect(ty) = op {
                *op = Op::Call(types[ty]);
            }
        }
    }
    types
        .keys()
        .map(|&ty| {
            let own = dispatcher_type(program.func_type(ty));
            (program.type_of(&own), dispatcher(program, ty, &own))
        })
        .collect()
}

/// The code of the dispatcher of type number `ty`, which has the type `own` itself.
fn dispatcher(program: &Program<'_>, ty: u32, own: &FuncType) -> Code {
    let mut code = Code::new(own.0.iter().copied());
    let args: Vec<Op> = (0..own.0.len() - 1)
        .map(|i| Op::Get(code.param(i)))
        .collect();
    let value = Op::Get(code.param(own.0.len() - 1));
    // Numbers in the table and Wasm indices, the numbers ascending by one.
    let targets: Vec<(u32, u32)> = program.targets(ty).collect();
    let Some(&(least, only)) = targets.first() else {
        // No value of the type but nil.
        code.push(Op::Unreachable);
        return code;
    };
    let offset = [value, Op::I32Const(least as i32)];
    if targets.len() == 1 {
        code.extend(offset);
        code.extend([
            Op::Plain(oc::I32_NE),
            Op::If(None),
            Op::Unreachable,
            Op::End,
        ]);
        code.extend(args);
        code.push(Op::Call(only));
        return code;
    }
    let labels: Vec<Label> = targets.iter().map(|_| code.new_label()).collect();
    let none = code.new_label();
    code.push(Op::Block(none, None));
    code.extend(labels.iter().rev().map(|&label| Op::Block(label, None)));
    code.extend(offset);
    code.push(Op::Plain(oc::I32_SUB));
    code.push(Op::BrTable(labels.into(), none));
    for (_, target) in targets {
        code.push(Op::End);
        code.extend(args.iter().cloned());
        code.extend([Op::Call(target), Op::Return]);
    }
    code.extend([Op::End, Op::Unreachable]);
    code
}
