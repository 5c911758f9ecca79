;; The classifier's inner loops. kernels.ts is their door and says what each does; `npm run build:kernels` compiles
;; them into kernels-bytes.ts. Addresses are in bytes; `$width`, `$units` and `$found` count elements.
;; Every sum is taken in single precision, one entry after the other, each product and each sum rounded: what a lane
;; holds depends neither on the tile it is in nor on the machine (no relaxed SIMD, no fused steps).
(module
  ;; Its first page is $denseProduct's: 8192 indices, then 8192 values.
  (import "kernels" "memory" (memory 1 65536))

  ;; The tiles of a sparse product: sums of a block of columns stay in registers for all entries of the row.
  ;; There is at least one entry. `$column` is the address of the block's first weight in the matrix' first row.
  (func $tile32 (param $index i32) (param $value i32) (param $end i32)
      (param $column i32) (param $stride i32) (param $out i32)
    (local $row i32) (local $x v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $e v128) (local $f v128) (local $g v128) (local $h v128)
    (local.set $a (v128.load align=4 (local.get $out)))
    (local.set $b (v128.load offset=16 align=4 (local.get $out)))
    (local.set $c (v128.load offset=32 align=4 (local.get $out)))
    (local.set $d (v128.load offset=48 align=4 (local.get $out)))
    (local.set $e (v128.load offset=64 align=4 (local.get $out)))
    (local.set $f (v128.load offset=80 align=4 (local.get $out)))
    (local.set $g (v128.load offset=96 align=4 (local.get $out)))
    (local.set $h (v128.load offset=112 align=4 (local.get $out)))
    (loop $entries
      (local.set $row (i32.add (local.get $column) (i32.mul (i32.load (local.get $index)) (local.get $stride))))
      (local.set $x (v128.load32_splat (local.get $value)))
      (local.set $a (f32x4.add (local.get $a)
        (f32x4.mul (local.get $x) (v128.load align=4 (local.get $row)))))
      (local.set $b (f32x4.add (local.get $b)
        (f32x4.mul (local.get $x) (v128.load offset=16 align=4 (local.get $row)))))
      (local.set $c (f32x4.add (local.get $c)
        (f32x4.mul (local.get $x) (v128.load offset=32 align=4 (local.get $row)))))
      (local.set $d (f32x4.add (local.get $d)
        (f32x4.mul (local.get $x) (v128.load offset=48 align=4 (local.get $row)))))
      (local.set $e (f32x4.add (local.get $e)
        (f32x4.mul (local.get $x) (v128.load offset=64 align=4 (local.get $row)))))
      (local.set $f (f32x4.add (local.get $f)
        (f32x4.mul (local.get $x) (v128.load offset=80 align=4 (local.get $row)))))
      (local.set $g (f32x4.add (local.get $g)
        (f32x4.mul (local.get $x) (v128.load offset=96 align=4 (local.get $row)))))
      (local.set $h (f32x4.add (local.get $h)
        (f32x4.mul (local.get $x) (v128.load offset=112 align=4 (local.get $row)))))
      (local.set $value (i32.add (local.get $value) (i32.const 4)))
      (br_if $entries
        (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 4))) (local.get $end))))
    (v128.store align=4 (local.get $out) (local.get $a))
    (v128.store offset=16 align=4 (local.get $out) (local.get $b))
    (v128.store offset=32 align=4 (local.get $out) (local.get $c))
    (v128.store offset=48 align=4 (local.get $out) (local.get $d))
    (v128.store offset=64 align=4 (local.get $out) (local.get $e))
    (v128.store offset=80 align=4 (local.get $out) (local.get $f))
    (v128.store offset=96 align=4 (local.get $out) (local.get $g))
    (v128.store offset=112 align=4 (local.get $out) (local.get $h)))

  (func $tile16 (param $index i32) (param $value i32) (param $end i32)
      (param $column i32) (param $stride i32) (param $out i32)
    (local $row i32) (local $x v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $a (v128.load align=4 (local.get $out)))
    (local.set $b (v128.load offset=16 align=4 (local.get $out)))
    (local.set $c (v128.load offset=32 align=4 (local.get $out)))
    (local.set $d (v128.load offset=48 align=4 (local.get $out)))
    (loop $entries
      (local.set $row (i32.add (local.get $column) (i32.mul (i32.load (local.get $index)) (local.get $stride))))
      (local.set $x (v128.load32_splat (local.get $value)))
      (local.set $a (f32x4.add (local.get $a)
        (f32x4.mul (local.get $x) (v128.load align=4 (local.get $row)))))
      (local.set $b (f32x4.add (local.get $b)
        (f32x4.mul (local.get $x) (v128.load offset=16 align=4 (local.get $row)))))
      (local.set $c (f32x4.add (local.get $c)
        (f32x4.mul (local.get $x) (v128.load offset=32 align=4 (local.get $row)))))
      (local.set $d (f32x4.add (local.get $d)
        (f32x4.mul (local.get $x) (v128.load offset=48 align=4 (local.get $row)))))
      (local.set $value (i32.add (local.get $value) (i32.const 4)))
      (br_if $entries
        (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 4))) (local.get $end))))
    (v128.store align=4 (local.get $out) (local.get $a))
    (v128.store offset=16 align=4 (local.get $out) (local.get $b))
    (v128.store offset=32 align=4 (local.get $out) (local.get $c))
    (v128.store offset=48 align=4 (local.get $out) (local.get $d)))

  (func $tile8 (param $index i32) (param $value i32) (param $end i32)
      (param $column i32) (param $stride i32) (param $out i32)
    (local $row i32) (local $x v128) (local $a v128) (local $b v128)
    (local.set $a (v128.load align=4 (local.get $out)))
    (local.set $b (v128.load offset=16 align=4 (local.get $out)))
    (loop $entries
      (local.set $row (i32.add (local.get $column) (i32.mul (i32.load (local.get $index)) (local.get $stride))))
      (local.set $x (v128.load32_splat (local.get $value)))
      (local.set $a (f32x4.add (local.get $a)
        (f32x4.mul (local.get $x) (v128.load align=4 (local.get $row)))))
      (local.set $b (f32x4.add (local.get $b)
        (f32x4.mul (local.get $x) (v128.load offset=16 align=4 (local.get $row)))))
      (local.set $value (i32.add (local.get $value) (i32.const 4)))
      (br_if $entries
        (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 4))) (local.get $end))))
    (v128.store align=4 (local.get $out) (local.get $a))
    (v128.store offset=16 align=4 (local.get $out) (local.get $b)))

  ;; The last columns, `$left` of them, or the next four. Reads four: the memory has room behind its last array.
  (func $tile4 (param $index i32) (param $value i32) (param $end i32)
      (param $column i32) (param $stride i32) (param $out i32) (param $left i32)
    (local $row i32) (local $sum v128)
    (local.set $sum (v128.load align=4 (local.get $out)))
    (loop $entries
      (local.set $row (i32.add (local.get $column) (i32.mul (i32.load (local.get $index)) (local.get $stride))))
      (local.set $sum (f32x4.add (local.get $sum)
        (f32x4.mul (v128.load32_splat (local.get $value)) (v128.load align=4 (local.get $row)))))
      (local.set $value (i32.add (local.get $value) (i32.const 4)))
      (br_if $entries
        (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 4))) (local.get $end))))
    (v128.store32_lane align=4 0 (local.get $out) (local.get $sum))
    (if (i32.gt_u (local.get $left) (i32.const 1))
      (then (v128.store32_lane offset=4 align=4 1 (local.get $out) (local.get $sum))))
    (if (i32.gt_u (local.get $left) (i32.const 2))
      (then (v128.store32_lane offset=8 align=4 2 (local.get $out) (local.get $sum))))
    (if (i32.gt_u (local.get $left) (i32.const 3))
      (then (v128.store32_lane offset=12 align=4 3 (local.get $out) (local.get $sum)))))

  ;; Entries are taken in blocks whose rows fit the nearest cache, since each tile passes over them all again:
  ;; 1.5 times as fast at 128 to 300 columns of a table of 40,000 rows.
  (func $sparseProduct (export "sparseProduct") (param $index i32) (param $value i32) (param $count i32)
      (param $weights i32) (param $width i32) (param $out i32)
    (local $most i32) (local $now i32)
    (if (i32.eqz (local.get $width)) (then (return)))
    (local.set $most (i32.div_u (i32.const 4096) (local.get $width)))
    (local.set $most (select (local.get $most) (i32.const 8) (i32.gt_u (local.get $most) (i32.const 8))))
    (loop $blocks
      (if (local.get $count)
        (then
          (local.set $now (select (local.get $count) (local.get $most) (i32.lt_u (local.get $count) (local.get $most))))
          (call $addBlock (local.get $index) (local.get $value)
            (i32.add (local.get $index) (i32.shl (local.get $now) (i32.const 2)))
            (local.get $weights) (local.get $width) (local.get $out))
          (local.set $index (i32.add (local.get $index) (i32.shl (local.get $now) (i32.const 2))))
          (local.set $value (i32.add (local.get $value) (i32.shl (local.get $now) (i32.const 2))))
          (local.set $count (i32.sub (local.get $count) (local.get $now)))
          (br $blocks)))))

  (func $addBlock (param $index i32) (param $value i32) (param $end i32)
      (param $weights i32) (param $left i32) (param $out i32)
    (local $stride i32)
    (local.set $stride (i32.shl (local.get $left) (i32.const 2)))
    (loop $wide
      (if (i32.ge_u (local.get $left) (i32.const 32))
        (then
          (call $tile32 (local.get $index) (local.get $value) (local.get $end)
            (local.get $weights) (local.get $stride) (local.get $out))
          (local.set $weights (i32.add (local.get $weights) (i32.const 128)))
          (local.set $out (i32.add (local.get $out) (i32.const 128)))
          (local.set $left (i32.sub (local.get $left) (i32.const 32)))
          (br $wide))))
    (if (i32.ge_u (local.get $left) (i32.const 16))
      (then
        (call $tile16 (local.get $index) (local.get $value) (local.get $end)
          (local.get $weights) (local.get $stride) (local.get $out))
        (local.set $weights (i32.add (local.get $weights) (i32.const 64)))
        (local.set $out (i32.add (local.get $out) (i32.const 64)))
        (local.set $left (i32.sub (local.get $left) (i32.const 16)))))
    (if (i32.ge_u (local.get $left) (i32.const 8))
      (then
        (call $tile8 (local.get $index) (local.get $value) (local.get $end)
          (local.get $weights) (local.get $stride) (local.get $out))
        (local.set $weights (i32.add (local.get $weights) (i32.const 32)))
        (local.set $out (i32.add (local.get $out) (i32.const 32)))
        (local.set $left (i32.sub (local.get $left) (i32.const 8)))))
    (loop $narrow
      (if (i32.gt_s (local.get $left) (i32.const 0))
        (then
          (call $tile4 (local.get $index) (local.get $value) (local.get $end)
            (local.get $weights) (local.get $stride) (local.get $out) (local.get $left))
          (local.set $weights (i32.add (local.get $weights) (i32.const 16)))
          (local.set $out (i32.add (local.get $out) (i32.const 16)))
          (local.set $left (i32.sub (local.get $left) (i32.const 4)))
          (br $narrow)))))

  (func (export "sparseUpdate") (param $index i32) (param $value i32) (param $count i32)
      (param $weights i32) (param $width i32) (param $gradient i32) (param $rate f32)
    (local $end i32) (local $stride i32) (local $at i32) (local $rowEnd i32) (local $from i32)
    (local $step f32) (local $steps v128)
    (local.set $end (i32.add (local.get $index) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $stride (i32.shl (local.get $width) (i32.const 2)))
    (loop $entries
      (if (i32.lt_u (local.get $index) (local.get $end))
        (then
          (local.set $steps
            (f32x4.splat (local.tee $step (f32.mul (local.get $rate) (f32.load (local.get $value))))))
          (local.set $at
            (i32.add (local.get $weights) (i32.mul (i32.load (local.get $index)) (local.get $stride))))
          (local.set $rowEnd (i32.add (local.get $at) (local.get $stride)))
          (local.set $from (local.get $gradient))
          (loop $sixteen
            (if (i32.ge_u (i32.sub (local.get $rowEnd) (local.get $at)) (i32.const 64))
              (then
                (v128.store align=4 (local.get $at) (f32x4.sub (v128.load align=4 (local.get $at))
                  (f32x4.mul (local.get $steps) (v128.load align=4 (local.get $from)))))
                (v128.store offset=16 align=4 (local.get $at) (f32x4.sub (v128.load offset=16 align=4 (local.get $at))
                  (f32x4.mul (local.get $steps) (v128.load offset=16 align=4 (local.get $from)))))
                (v128.store offset=32 align=4 (local.get $at) (f32x4.sub (v128.load offset=32 align=4 (local.get $at))
                  (f32x4.mul (local.get $steps) (v128.load offset=32 align=4 (local.get $from)))))
                (v128.store offset=48 align=4 (local.get $at) (f32x4.sub (v128.load offset=48 align=4 (local.get $at))
                  (f32x4.mul (local.get $steps) (v128.load offset=48 align=4 (local.get $from)))))
                (local.set $at (i32.add (local.get $at) (i32.const 64)))
                (local.set $from (i32.add (local.get $from) (i32.const 64)))
                (br $sixteen))))
          (loop $four
            (if (i32.ge_u (i32.sub (local.get $rowEnd) (local.get $at)) (i32.const 16))
              (then
                (v128.store align=4 (local.get $at) (f32x4.sub (v128.load align=4 (local.get $at))
                  (f32x4.mul (local.get $steps) (v128.load align=4 (local.get $from)))))
                (local.set $at (i32.add (local.get $at) (i32.const 16)))
                (local.set $from (i32.add (local.get $from) (i32.const 16)))
                (br $four))))
          (loop $one
            (if (i32.lt_u (local.get $at) (local.get $rowEnd))
              (then
                (f32.store (local.get $at) (f32.sub (f32.load (local.get $at))
                  (f32.mul (local.get $step) (f32.load (local.get $from)))))
                (local.set $at (i32.add (local.get $at) (i32.const 4)))
                (local.set $from (i32.add (local.get $from) (i32.const 4)))
                (br $one))))
          (local.set $value (i32.add (local.get $value) (i32.const 4)))
          (local.set $index (i32.add (local.get $index) (i32.const 4)))
          (br $entries)))))

  ;; The units that are not zero are listed first, without a branch that could be mispredicted at every other unit.
  (func (export "denseProduct") (param $hidden i32) (param $units i32)
      (param $weights i32) (param $width i32) (param $out i32)
    (local $j i32) (local $kept i32) (local $h f32)
    (loop $each
      (if (i32.lt_u (local.get $j) (local.get $units))
        (then
          (local.set $h (f32.load (i32.add (local.get $hidden) (i32.shl (local.get $j) (i32.const 2)))))
          (i32.store (i32.shl (local.get $kept) (i32.const 2)) (local.get $j))
          (f32.store offset=32768 (i32.shl (local.get $kept) (i32.const 2)) (local.get $h))
          (local.set $kept (i32.add (local.get $kept) (f32.ne (local.get $h) (f32.const 0))))
          (local.set $j (i32.add (local.get $j) (i32.const 1)))
          (br $each))))
    (call $sparseProduct (i32.const 0) (i32.const 32768) (local.get $kept)
      (local.get $weights) (local.get $width) (local.get $out)))

  (func (export "denseBackward") (param $hidden i32) (param $units i32) (param $weights i32) (param $width i32)
      (param $active i32) (param $gradient i32) (param $found i32) (param $rate f32) (param $hiddenGradient i32)
    (local $end i32) (local $stride i32) (local $foundEnd i32) (local $q i32) (local $at i32)
    (local $h f32) (local $step f32) (local $w f32) (local $g f32) (local $sum f32)
    (local.set $end (i32.add (local.get $hidden) (i32.shl (local.get $units) (i32.const 2))))
    (local.set $stride (i32.shl (local.get $width) (i32.const 2)))
    (local.set $foundEnd (i32.shl (local.get $found) (i32.const 2)))
    (loop $each
      (if (i32.lt_u (local.get $hidden) (local.get $end))
        (then
          (local.set $h (f32.load (local.get $hidden)))
          (local.set $sum (f32.const 0))
          (if (f32.ne (local.get $h) (f32.const 0))
            (then
              (local.set $step (f32.mul (local.get $rate) (local.get $h)))
              (local.set $q (i32.const 0))
              (loop $columns
                (if (i32.lt_u (local.get $q) (local.get $foundEnd))
                  (then
                    (local.set $at (i32.add (local.get $weights)
                      (i32.shl (i32.load (i32.add (local.get $active) (local.get $q))) (i32.const 2))))
                    (local.set $w (f32.load (local.get $at)))
                    (local.set $g (f32.load (i32.add (local.get $gradient) (local.get $q))))
                    (local.set $sum (f32.add (local.get $sum) (f32.mul (local.get $g) (local.get $w))))
                    (f32.store (local.get $at) (f32.sub (local.get $w) (f32.mul (local.get $step) (local.get $g))))
                    (local.set $q (i32.add (local.get $q) (i32.const 4)))
                    (br $columns))))))
          (f32.store (local.get $hiddenGradient) (local.get $sum))
          (local.set $weights (i32.add (local.get $weights) (local.get $stride)))
          (local.set $hidden (i32.add (local.get $hidden) (i32.const 4)))
          (local.set $hiddenGradient (i32.add (local.get $hiddenGradient) (i32.const 4)))
          (br $each))))))
