//! The function itself: storing what is live at a suspended call.

use super::sites::{Site, to};
use super::{CALL_NUMBER, EXIT_SUSPEND, LIVE, RESUME_INDEX, resume_name};
use cranelift_entity::EntitySet;
use cranelift_entity::packed_option::PackedOption;
use polkago_ir::{
    BinaryOp, Block, Cfg, Function, Inst, InstData, Liveness, Loc, MemType, StackSlot,
    StackSlotData, Type, Value, ValueDef,
};

/// What is live behind the calls of a function.
pub struct Saved {
    /// The suspend slot.
    pub slot: StackSlot,
    /// Of each site: the values in the slot, with their offsets, in ascending order.
    pub stored: Vec<Vec<(Value, u32)>>,
    /// Of each site: values that are made again.
    pub remade: Vec<Vec<Value>>,
    /// Bytes of refs from offset [`LIVE`].
    pub refs: u32,
}

/// Lets each call that is suspended store what is live and leave the function. `unwinds` says whether `exit` may have
/// another value than 0 and that of a suspension.
pub fn outline(func: &mut Function, sites: &[Site], unwinds: bool) -> Saved {
    // Where each call goes on must be seen by the analysis.
    for site in sites {
        let go_on = site.unwind.as_ref().unwrap_or(&site.after);
        let loc = func.inst_locs[site.call];
        func.append(site.leave, InstData::Jump(go_on.clone()), loc);
    }
    let saved = layout(func, sites);
    for site in sites {
        func.blocks[site.leave].insts.clear();
    }
    let last = func.new_block();
    for (n, site) in sites.iter().enumerate() {
        let loc = func.inst_locs[site.call];
        let mut block = site.leave;
        if unwinds {
            let two = value(func, block, InstData::I32Const(EXIT_SUSPEND), loc);
            let data = InstData::Binary {
                op: BinaryOp::Eq,
                x: site.check,
                y: two,
            };
            let suspended = value(func, block, data, loc);
            let store = func.new_block();
            let branch = InstData::Brif {
                cond: suspended,
                then: to(store),
                els: site.unwind.as_ref().unwrap_or(&site.after).clone(),
            };
            func.append(block, branch, loc);
            block = store;
        }
        let slot = InstData::StackAddr {
            slot: saved.slot,
            offset: 0,
        };
        let base = value(func, block, slot, loc);
        let number = value(func, block, InstData::I32Const(n as i32), loc);
        store(func, block, base, CALL_NUMBER, number, loc);
        let mut refs = LIVE;
        for &(v, offset) in &saved.stored[n] {
            store(func, block, base, offset, v, loc);
            if func.value_type(v) == Type::Ref {
                refs = offset + 4;
            }
        }
        // The collector looks at all words for refs.
        if refs < LIVE + saved.refs {
            let null = value(func, block, InstData::Null, loc);
            while refs < LIVE + saved.refs {
                store(func, block, base, refs, null, loc);
                refs += 4;
            }
        }
        func.append(block, InstData::Jump(to(last)), loc);
    }
    let slot = InstData::StackAddr {
        slot: saved.slot,
        offset: 0,
    };
    let base = value(func, last, slot, None.into());
    let resume = func.sym(&resume_name(&func.name.clone()));
    let index = value(func, last, InstData::FuncIndex(resume), None.into());
    store(func, last, base, RESUME_INDEX, index, None.into());
    func.append(last, InstData::ReturnExit, None.into());
    func.suspend_slot = saved.slot.into();
    saved
}

/// Appends an instruction with one result.
pub fn value(func: &mut Function, block: Block, data: InstData, loc: PackedOption<Loc>) -> Value {
    let inst = func.append(block, data, loc);
    func.results[inst][0]
}

fn store(
    func: &mut Function,
    block: Block,
    addr: Value,
    offset: u32,
    value: Value,
    loc: PackedOption<Loc>,
) {
    let mem = MemType::Full(func.value_type(value));
    let data = InstData::Store {
        mem,
        addr,
        value,
        offset,
    };
    func.append(block, data, loc);
}

/// The instruction that makes a value again, if that needs nothing.
pub fn remade_by(func: &Function, v: Value) -> Option<Inst> {
    match func.values[v].def {
        ValueDef::Result(inst, _) if func.insts[inst].is_rematerializable() => Some(inst),
        _ => None,
    }
}

/// Finds what is live behind each call, and gives it places in a new slot.
fn layout(func: &mut Function, sites: &[Site]) -> Saved {
    let cfg = Cfg::new(func);
    let liveness = Liveness::new(func, &cfg);
    let mut live: Vec<Vec<Value>> = Vec::with_capacity(sites.len());
    let mut remade = Vec::with_capacity(sites.len());
    for site in sites {
        let mut set: EntitySet<Value> = EntitySet::with_capacity(func.values.len());
        set.extend(liveness.live_out(site.block).iter().copied());
        set.extend(site.after.args.iter().copied());
        for &result in &func.results[site.call] {
            set.remove(result);
        }
        set.remove(site.check);
        let (again, stored): (Vec<Value>, Vec<Value>) =
            set.iter().partition(|&v| remade_by(func, v).is_some());
        live.push(stored);
        remade.push(again);
    }
    let is_ref = |v: &&Value| func.value_type(**v) == Type::Ref;
    let refs = live.iter().map(|l| l.iter().filter(is_ref).count());
    let refs = 4 * refs.max().unwrap_or(0) as u32;
    let mut size = LIVE + refs;
    let mut stored = Vec::with_capacity(sites.len());
    for values in live {
        let mut ref_at = LIVE;
        let mut at = LIVE + refs;
        let mut places = Vec::with_capacity(values.len());
        for &v in &values {
            let ty = func.value_type(v);
            if ty == Type::Ref {
                places.push((v, ref_at));
                ref_at += 4;
                continue;
            }
            let width = MemType::Full(ty).size();
            at = at.next_multiple_of(width);
            places.push((v, at));
            at += width;
        }
        places.sort_by_key(|p| p.1);
        size = size.max(at);
        stored.push(places);
    }
    let slot = func.slots.push(StackSlotData {
        size,
        align: 8,
        refs: (0..refs / 4).map(|n| LIVE + 4 * n).collect(),
    });
    Saved {
        slot,
        stored,
        remade,
        refs,
    }
}
