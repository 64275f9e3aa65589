; test wat strip
; Three checks that report the same have one report; two keep their own.
import @nil = "env" "ext_nil" ()
import @div = "env" "ext_div" (i32)
export "f" @f
func @f(i32, i32, i32) -> i32 {
block0(v0: i32, v1: i32, v2: i32):
    brif v0, block1, block10
block1:
    v4 = int_to_ref v0
    v3 = load.i32 v4
    brif v1, block2, block11
block2:
    v5 = div_u v3, v1
    v6 = eq v5, v2
    brif v6, block3, block4
block3:
    brif v2, block4, block12
block4:
    v7 = i32const 3
    v8 = gt_s v2, v7
    brif v8, block5, block13
block5:
    brif v5, block6, block14
block6:
    v9 = iadd v5, v2
    return v9
block10:
    call @nil() : ()
    trap panic
block11:
    call @nil() : ()
    trap panic
block12:
    call @nil() : ()
    trap panic
block13:
    v10 = i32const 1
    call @div(v10) : (i32)
    trap panic
block14:
    v11 = i32const 1
    call @div(v11) : (i32)
    trap panic
}

; (func (;2;) (type 2) (param i32 i32 i32) (result i32)
;   block ;; label = @1
;     local.get 0
;     if ;; label = @2
;       local.get 0
;       i32.load
;       local.set 0
;       local.get 1
;       if ;; label = @3
;         local.get 0
;         local.get 1
;         i32.div_u
;         local.tee 0
;         local.get 2
;         i32.eq
;         if ;; label = @4
;           local.get 2
;           i32.eqz
;           br_if 3 (;@1;)
;         end
;         local.get 2
;         i32.const 3
;         i32.le_s
;         if ;; label = @4
;           i32.const 1
;           call 1
;           unreachable
;         end
;         local.get 0
;         if ;; label = @4
;           local.get 0
;           local.get 2
;           i32.add
;           return
;         end
;         i32.const 1
;         call 1
;         unreachable
;       end
;     end
;   end
;   call 0
;   unreachable
; )
