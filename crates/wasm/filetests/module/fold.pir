; test module strip
; Identical functions become one, also those that call identical ones; the table has one entry for each symbol.
data @table align 4 readonly "\00\00\00\00\00\00\00\00" {
    0: func @a
    4: func @b
}
export "f" @f
export "g" @g
func @f(i32) -> i32 {
block0(v0: i32):
    v1 = call @a(v0) : (i32) -> i32
    return v1
}
func @a(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 7
    v2 = imul v0, v1
    return v2
}
func @b(i32) -> i32 {
block5(v9: i32):
    v2 = i32const 7
    v3 = imul v9, v2
    return v3
}
func @g(i32) -> i32 {
block0(v0: i32):
    v1 = call @b(v0) : (i32) -> i32
    return v1
}
func @h(i32) -> i32 {
block0(v0: i32):
    v3 = sym_addr @table
    v1 = load.i32 v3
    v2 = call_indirect v1(v0) : (i32) -> i32
    return v2
}
export "h" @h

; (module
;   (type (;0;) (func (param i32) (result i32)))
;   (type (;1;) (func (param i32 i32) (result i32)))
;   (import "env" "memory" (memory (;0;) 32))
;   (global (;0;) i32 i32.const 131072)
;   (export "__heap_base" (global 0))
;   (export "f" (func 0))
;   (export "g" (func 0))
;   (export "h" (func 2))
;   (func (;0;) (type 0) (param i32) (result i32)
;     local.get 0
;     call 1
;   )
;   (func (;1;) (type 0) (param i32) (result i32)
;     local.get 0
;     i32.const 7
;     i32.mul
;   )
;   (func (;2;) (type 0) (param i32) (result i32)
;     local.get 0
;     i32.const 0
;     i32.load offset=65536
;     call 3
;   )
;   (func (;3;) (type 1) (param i32 i32) (result i32)
;     block ;; label = @1
;       block ;; label = @2
;         block ;; label = @3
;           local.get 1
;           i32.const 1
;           i32.sub
;           br_table 0 (;@3;) 1 (;@2;) 2 (;@1;)
;         end
;         local.get 0
;         call 1
;         return
;       end
;       local.get 0
;       call 1
;       return
;     end
;     unreachable
;   )
;   (data (;0;) (i32.const 65536) "\01\00\00\00\02")
; )
