; test module wasip1 strip
import @exit = "wasi_snapshot_preview1" "proc_exit" (i32)
export "_start" @rt0
func @rt0() {
block0:
    v0 = i32const 3
    call @exit(v0) : (i32)
    trap unreachable
}

; (module
;   (type (;0;) (func (param i32)))
;   (type (;1;) (func))
;   (import "wasi_snapshot_preview1" "proc_exit" (func (;0;) (type 0) (param i32)))
;   (memory (;0;) 1)
;   (export "memory" (memory 0))
;   (export "_start" (func 1))
;   (func (;1;) (type 1)
;     i32.const 3
;     call 0
;     unreachable
;   )
; )
