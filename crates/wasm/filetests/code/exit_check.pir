; test wat
; The check point of decision record 0003: it reads `exit` directly behind the call.
global @runtime.exit: i32 = 0
export "f" @f
func @callee(i32) -> (i32, i32) {
block0(v0: i32):
    global_set @runtime.exit, v0
    v1 = i32const 10
    v2 = iadd v0, v1
    return v1, v2
}
func @f(i32) -> i32 {
block0(v0: i32):
    v1, v2 = call @callee(v0) : (i32) -> (i32, i32)
    v3 = exit_check
    brif v3, block1, block2
block1:
    v4 = global_get @runtime.exit : i32
    v5 = i32const 0
    global_set @runtime.exit, v5
    v6 = i32const 100
    v7 = imul v4, v6
    return v7
block2:
    v8 = iadd v1, v2
    return v8
}

; (func $callee (;0;) (type 0) (param i32) (result i32)
;   local.get 0
;   global.set $runtime.exit
;   i32.const 10
;   local.get 0
;   i32.const 10
;   i32.add
;   global.set $result1.i32
; )
; (func $f (;1;) (type 0) (param i32) (result i32)
;   (local i32)
;   local.get 0
;   call $callee
;   local.set 0
;   global.get $result1.i32
;   local.set 1
;   global.get $runtime.exit
;   if (result i32) ;; label = @1
;     global.get $runtime.exit
;     local.set 0
;     i32.const 0
;     global.set $runtime.exit
;     local.get 0
;     i32.const 100
;     i32.mul
;   else
;     local.get 0
;     local.get 1
;     i32.add
;   end
; )
