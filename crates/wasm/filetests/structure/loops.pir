; test wat
export "sum" @sum
export "nested" @nested
export "and" @and
export "switch" @switch
func @sum(ref, i32) -> i32 {
block0(v0: ref, v1: i32):
    v2 = i32const 0
    jump block1(v2, v2)
block1(v3: i32, v4: i32):
    v5 = lt_u v3, v1
    brif v5, block2, block3
block2:
    v6 = i32const 2
    v7 = shl v3, v6
    v8 = ref_add v0, v7
    v9 = load.i32 v8
    v10 = iadd v4, v9
    v11 = i32const 1
    v12 = iadd v3, v11
    jump block1(v12, v10)
block3:
    return v4
}
func @nested(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 0
    v2 = i32const 1
    jump block1(v1, v1)
block1(v3: i32, v4: i32):
    jump block2(v1, v4)
block2(v5: i32, v6: i32):
    v7 = iadd v6, v5
    v8 = iadd v5, v2
    v9 = lt_s v8, v3
    brif v9, block2(v8, v7), block3
block3:
    v10 = iadd v3, v2
    v11 = lt_s v10, v0
    brif v11, block1(v10, v7), block4
block4:
    return v7
}
func @and(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    brif v0, block1, block3
block1:
    brif v1, block2, block3
block2:
    v2 = i32const 1
    jump block4(v2)
block3:
    v3 = i32const 2
    jump block4(v3)
block4(v4: i32):
    return v4
}
func @switch(i32) -> i32 {
block0(v0: i32):
    br_table v0, [block1, block2, block1], block3
block1:
    v1 = i32const 10
    jump block4(v1)
block2:
    v2 = i32const 20
    return v2
block3:
    v3 = i32const 30
    jump block4(v3)
block4(v4: i32):
    v5 = imul v4, v0
    return v5
}

; (func $sum (;0;) (type 0) (param i32 i32) (result i32)
;   (local i32 i32)
;   loop (result i32) ;; label = @1
;     local.get 2
;     local.get 1
;     i32.lt_u
;     if ;; label = @2
;       local.get 2
;       i32.const 1
;       i32.add
;       local.get 3
;       local.get 0
;       local.get 2
;       i32.const 2
;       i32.shl
;       i32.add
;       i32.load
;       i32.add
;       local.set 3
;       local.set 2
;       br 1 (;@1;)
;     end
;     local.get 3
;   end
; )
; (func $nested (;1;) (type 1) (param i32) (result i32)
;   (local i32 i32 i32)
;   loop (result i32) ;; label = @1
;     i32.const 0
;     local.set 3
;     loop (result i32) ;; label = @2
;       local.get 2
;       local.get 3
;       i32.add
;       local.set 2
;       local.get 3
;       i32.const 1
;       i32.add
;       local.tee 3
;       local.get 1
;       i32.lt_s
;       br_if 0 (;@2;)
;       local.get 1
;       i32.const 1
;       i32.add
;       local.tee 1
;       local.get 0
;       i32.lt_s
;       br_if 1 (;@1;)
;       local.get 2
;     end
;   end
; )
; (func $and (;2;) (type 0) (param i32 i32) (result i32)
;   block (result i32) ;; label = @1
;     local.get 0
;     if ;; label = @2
;       local.get 1
;       if ;; label = @3
;         i32.const 1
;         br 2 (;@1;)
;       end
;     end
;     i32.const 2
;   end
; )
; (func $switch (;3;) (type 1) (param i32) (result i32)
;   block (result i32) ;; label = @1
;     block ;; label = @2
;       block ;; label = @3
;         block ;; label = @4
;           local.get 0
;           br_table 0 (;@4;) 1 (;@3;) 0 (;@4;) 2 (;@2;)
;         end
;         i32.const 10
;         br 2 (;@1;)
;       end
;       i32.const 20
;       return
;     end
;     i32.const 30
;   end
;   local.get 0
;   i32.mul
; )
