; test verify
import @imp = "env" "x" (i32)
global @g: i32 = 0
global @bad: ref = 0
data @d align 4 size 8 readonly "123456789"
data @r align 4 size 8 mutable "" {
    refs 0
    0: addr @f
    3: func @d
    6: addr @nowhere
}
data @m align 16 mutable mergeable ""
data @imp align 1 readonly ""
export "f" @f
export "f" @g
export "h" @h
func @f() {
block0:
    v0 = sym_addr @f
    v1 = func_index @d
    v2 = func_index @f
    call @nowhere() : ()
    call @d() : ()
    v3 = global_get @g : i64
    global_set @g, v0
    v4 = global_get @f : i32
    return
}

; imp: is also defined as a function
; bad: a global must not be a ref: the collector does not see it
; d: more bytes than its size
; r: relocation at 0: @f is a function
; r: relocations must ascend and not overlap
; r: relocation at 3: @d is a data object
; r: relocations must ascend and not overlap
; r: relocation at 6 is outside of the object
; r: relocation at 6: @nowhere is not defined
; m: alignment must be 1, 2, 4 or 8
; m: a mutable object must not be mergeable
; g: `f` is exported twice
; g: exported as a function, but is a global
; h: exported, but not defined
; f: block0: v0 = sym_addr @f: @f is a function, not a data object
; f: block0: v1 = func_index @d: @d is a data object, not a function
; f: block0: call @nowhere() : (): @nowhere is not defined
; f: block0: call @d() : (): @d is a data object, not a function
; f: block0: v3 = global_get @g : i64: @g is defined as i32, not i64
; f: block0: global_set @g, v0: @g is defined as i32, not ref
; f: block0: v4 = global_get @f : i32: @f is a function, not a global
