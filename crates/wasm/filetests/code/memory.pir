; test wat
; Constants in addresses become offsets, conversions join loads and stores, small copies are done in place.
data @table align 4 size 64 mutable ""
export "f" @f
export "g" @g
export "h" @h
func @f(ref, i32) -> i64 {
block0(v0: ref, v1: i32):
    v2 = i32const 12
    v3 = ref_add v0, v2
    v4 = load.i32 v3 + 4
    v5 = extend_u v4
    v6 = sym_addr @table + 8
    v7 = load.u16 v6 + 2
    v8 = extend_s v7
    v9 = iadd v5, v8
    v10 = wrap v9
    store.u8 v6, v10
    return v9
}
func @g(ref, ref) {
block0(v0: ref, v1: ref):
    v2 = i32const 13
    mem_copy v0, v1, v2
    v3 = i32const 0
    v4 = i32const 16
    mem_fill v1, v3, v4
    return
}
func @h(ref, ref, i32) {
block0(v0: ref, v1: ref, v2: i32):
    mem_copy v0, v1, v2
    v3 = i32const 1
    mem_fill v1, v3, v2
    return
}

; (func $f (;0;) (type 0) (param i32 i32) (result i64)
;   (local i64)
;   i32.const 0
;   local.get 0
;   i64.load32_u offset=16
;   i32.const 0
;   i64.load16_u offset=5130
;   i64.add
;   local.tee 2
;   i64.store8 offset=5128
;   local.get 2
; )
; (func $g (;1;) (type 1) (param i32 i32)
;   local.get 0
;   local.get 1
;   i64.load align=1
;   local.get 0
;   local.get 1
;   i64.load offset=5 align=1
;   i64.store offset=5 align=1
;   i64.store align=1
;   local.get 1
;   i64.const 0
;   i64.store align=1
;   local.get 1
;   i64.const 0
;   i64.store offset=8 align=1
; )
; (func $h (;2;) (type 2) (param i32 i32 i32)
;   local.get 0
;   local.get 1
;   local.get 2
;   call $polkago.memcopy
;   local.get 1
;   i32.const 1
;   local.get 2
;   call $polkago.memfill
; )
; (func $polkago.memcopy (;3;) (type 2) (param i32 i32 i32)
;   local.get 0
;   local.get 1
;   i32.sub
;   local.get 2
;   i32.lt_u
;   if ;; label = @1
;     loop ;; label = @2
;       local.get 2
;       i32.const 8
;       i32.ge_u
;       if ;; label = @3
;         local.get 0
;         local.get 2
;         i32.const 8
;         i32.sub
;         local.tee 2
;         i32.add
;         local.get 1
;         local.get 2
;         i32.add
;         i64.load align=1
;         i64.store align=1
;         br 1 (;@2;)
;       end
;     end
;     loop ;; label = @2
;       local.get 2
;       if ;; label = @3
;         local.get 0
;         local.get 2
;         i32.const 1
;         i32.sub
;         local.tee 2
;         i32.add
;         local.get 1
;         local.get 2
;         i32.add
;         i32.load8_u
;         i32.store8
;         br 1 (;@2;)
;       end
;     end
;   else
;     loop ;; label = @2
;       local.get 2
;       i32.const 8
;       i32.ge_u
;       if ;; label = @3
;         local.get 0
;         local.get 1
;         i64.load align=1
;         i64.store align=1
;         local.get 0
;         i32.const 8
;         i32.add
;         local.set 0
;         local.get 1
;         i32.const 8
;         i32.add
;         local.set 1
;         local.get 2
;         i32.const 8
;         i32.sub
;         local.set 2
;         br 1 (;@2;)
;       end
;     end
;     loop ;; label = @2
;       local.get 2
;       if ;; label = @3
;         local.get 0
;         local.get 1
;         i32.load8_u
;         i32.store8
;         local.get 0
;         i32.const 1
;         i32.add
;         local.set 0
;         local.get 1
;         i32.const 1
;         i32.add
;         local.set 1
;         local.get 2
;         i32.const 1
;         i32.sub
;         local.set 2
;         br 1 (;@2;)
;       end
;     end
;   end
; )
; (func $polkago.memfill (;4;) (type 2) (param i32 i32 i32)
;   (local i64)
;   local.get 1
;   i32.const 255
;   i32.and
;   i64.extend_i32_u
;   i64.const 72340172838076673
;   i64.mul
;   local.set 3
;   loop ;; label = @1
;     local.get 2
;     i32.const 8
;     i32.ge_u
;     if ;; label = @2
;       local.get 0
;       local.get 3
;       i64.store align=1
;       local.get 0
;       i32.const 8
;       i32.add
;       local.set 0
;       local.get 2
;       i32.const 8
;       i32.sub
;       local.set 2
;       br 1 (;@1;)
;     end
;   end
;   loop ;; label = @1
;     local.get 2
;     if ;; label = @2
;       local.get 0
;       local.get 3
;       i64.store8
;       local.get 0
;       i32.const 1
;       i32.add
;       local.set 0
;       local.get 2
;       i32.const 1
;       i32.sub
;       local.set 2
;       br 1 (;@1;)
;     end
;   end
; )
