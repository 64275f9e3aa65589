; test wat
; What is computed on one way only is not kept for others; conditions made values; blocks that leave a value.
export "tee" @tee
export "bool" @bool
export "not" @not
export "either" @either
; v2 is an operand of what moves into the first arm, and is needed behind it.
func @tee(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = imul v0, v1
    v3 = i32const 5
    v4 = iadd v2, v3
    brif v1, block1(v4), block2
block1(v5: i32):
    v6 = iadd v5, v2
    return v6
block2:
    v7 = imul v2, v2
    return v7
}
func @bool(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 1
    v2 = i32const 0
    brif v0, block1(v1), block1(v2)
block1(v3: i32):
    return v3
}
func @not(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = lt_s v0, v1
    v3 = i32const 1
    v4 = i32const 0
    brif v2, block1(v4), block1(v3)
block1(v5: i32):
    return v5
}
func @either(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = i32const 10
    v3 = i32const 20
    v4 = i32const 30
    brif v0, block1, block4(v4)
block1:
    brif v1, block2, block3
block2:
    jump block4(v2)
block3:
    jump block4(v3)
block4(v5: i32):
    v6 = imul v5, v0
    return v6
}

; (func $tee (;0;) (type 0) (param i32 i32) (result i32)
;   local.get 0
;   local.get 1
;   i32.mul
;   local.set 0
;   local.get 1
;   if (result i32) ;; label = @1
;     local.get 0
;     i32.const 5
;     i32.add
;     local.get 0
;     i32.add
;   else
;     local.get 0
;     local.get 0
;     i32.mul
;   end
; )
; (func $bool (;1;) (type 1) (param i32) (result i32)
;   local.get 0
;   i32.const 0
;   i32.ne
; )
; (func $not (;2;) (type 0) (param i32 i32) (result i32)
;   local.get 0
;   local.get 1
;   i32.ge_s
; )
; (func $either (;3;) (type 0) (param i32 i32) (result i32)
;   local.get 0
;   if (result i32) ;; label = @1
;     local.get 1
;     if (result i32) ;; label = @2
;       i32.const 10
;     else
;       i32.const 20
;     end
;   else
;     i32.const 30
;   end
;   local.get 0
;   i32.mul
; )
