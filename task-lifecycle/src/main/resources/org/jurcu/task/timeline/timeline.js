'use strict';
(() => {
  const began = performance.now();
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = id => document.getElementById(id);
  const ROW = 20, BAR = 12, GUTTER = 176, AXIS = 22, MARGIN = 12, NEVER = -1;
  const RUNNING = 0, RUNNABLE = 1, SLEEPING = 2, ZOMBIE = 3, DEAD = 4, GRACE = 5;
  const KINDS = ['running', 'runnable', 'sleeping', 'zombie', 'dead', 'grace'];
  const WORDS = ['running', 'runnable', 'sleeping', 'zombie', 'dead but still used', 'waiting for its grace period'];
  const COUNTS = ['usage', 'rcu_users'];
  const span = Math.max(1, data.span);

  // ---- the data, unpacked

  const tasks = data.tasks.map((t, index) => {
    const task = {
      index, pid: t[0], comm: data.texts[t[1]], parent: t[2], thread: (t[3] & 1) !== 0, forked: (t[3] & 2) !== 0, leftDead: (t[3] & 4) !== 0,
      born: t[4], exit: t[5], lastSwitch: t[6], released: t[7], lastPut: t[8], modelFreed: t[9], kernelFreed: t[10],
      runs: [], changes: [], forgotten: t[13], phases: [], children: [], mismatches: []
    };
    let at = 0;
    for (let i = 0; i < t[11].length; i += 3) {
      const begin = at + t[11][i];
      at = begin + t[11][i + 1];
      task.runs.push({begin, end: at, cpu: t[11][i + 2] >> 4, state: data.states[t[11][i + 2] & 15]});
    }
    let time = 0;
    for (let i = 0; i < t[12].length; i += 8) {
      const c = t[12];
      time += c[i];
      task.changes.push({time, count: c[i + 1], before: c[i + 2], after: c[i + 3], cpu: c[i + 4], current: c[i + 5], thread: data.texts[c[i + 6]], place: data.texts[c[i + 7]]});
    }
    return task;
  });
  for (const task of tasks) {
    if (task.parent >= 0) tasks[task.parent].children.push(task.index);
    task.phases = phases(task);
    task.end = task.phases.length ? Math.max(task.phases[task.phases.length - 1].end, task.kernelFreed, task.modelFreed) : task.born;
  }
  for (const [pid, what] of data.mismatches) {
    const whose = tasks.filter(t => t.pid === pid);
    if (whose.length) whose[whose.length - 1].mismatches.push(what);
  }

  /** What a task was doing, from its birth to its end. */
  function phases(task) {
    const all = [];
    const freed = task.kernelFreed !== NEVER ? task.kernelFreed : span;
    // The model's readers may hold a task for longer than the kernel's did.
    const lastPut = task.lastPut === NEVER ? NEVER : Math.min(task.lastPut, freed);
    const add = (begin, end, kind, cpu) => { if (end > begin) all.push({begin, end, kind, cpu}); };
    let at = task.born, kind = RUNNABLE;
    for (const run of task.runs) {
      add(at, run.begin, kind);
      add(run.begin, run.end, RUNNING, run.cpu);
      at = run.end;
      kind = run.state === 'R' ? RUNNABLE : SLEEPING;
    }
    if (task.lastSwitch === NEVER) {
      add(at, lastPut !== NEVER ? lastPut : freed, task.exit === NEVER ? kind : ZOMBIE);
    } else {
      add(task.lastSwitch, lastPut !== NEVER ? lastPut : freed, ZOMBIE);
    }
    if (task.released !== NEVER && lastPut > task.released) { // reaped while somebody still used it, such as its CPU
      for (const p of all) if (p.end > task.released) p.end = Math.max(p.begin, task.released);
      add(task.released, lastPut, DEAD);
    }
    if (lastPut !== NEVER) {
      add(lastPut, task.kernelFreed !== NEVER ? freed : task.modelFreed !== NEVER ? Math.max(lastPut, task.modelFreed) : span, GRACE);
    }
    return all.filter(p => p.end > p.begin);
  }

  const lanes = Array.from({length: data.cpus}, () => []);
  for (const task of tasks) for (const run of task.runs) lanes[run.cpu].push({begin: run.begin, end: run.end, task});
  for (const lane of lanes) lane.sort((a, b) => a.begin - b.begin);

  // ---- what is shown

  let rows = tasks, view = {from: 0, to: span}, selected = -1, hovered = -1, chosenChange = -1, colors = {}, width = 0, drawn = 0;

  const SHOW = {
    all: () => true,
    processes: t => !t.thread,
    threads: t => t.thread,
    freed: t => t.kernelFreed !== NEVER,
    zombies: t => t.exit !== NEVER && t.kernelFreed === NEVER && t.lastPut === NEVER,
    living: t => t.exit === NEVER,
    mismatch: t => t.mismatches.length > 0
  };
  const grace = t => t.lastPut !== NEVER && t.kernelFreed !== NEVER ? t.kernelFreed - t.lastPut : -1;
  const ORDER = {
    birth: list => list,
    tree: list => {
      const wanted = new Set(list), out = [];
      const stack = tasks.filter(t => t.parent < 0).reverse();
      for (const t of stack) t.depth = 0;
      while (stack.length) {
        const t = stack.pop();
        if (wanted.has(t)) out.push(t);
        for (let i = t.children.length - 1; i >= 0; i--) {
          const child = tasks[t.children[i]];
          child.depth = t.depth + 1;
          stack.push(child);
        }
      }
      return out;
    },
    grace: list => list.slice().sort((a, b) => grace(b) - grace(a)),
    life: list => list.slice().sort((a, b) => (b.end - b.born) - (a.end - a.born))
  };

  function choose() {
    const words = $('search').value.trim().toLowerCase().split(/\s+/).filter(w => w);
    const show = SHOW[$('show').value];
    const list = tasks.filter(t => show(t) && words.every(w => /^\d+$/.test(w) ? String(t.pid).startsWith(w) : t.comm.toLowerCase().includes(w)));
    rows = ORDER[$('order').value](list);
    $('count').textContent = rows.length === tasks.length ? `${plural(rows.length, 'task')}` : `${rows.length} of ${plural(tasks.length, 'task')}`;
    $('none').hidden = rows.length > 0;
    $('height').style.height = `${rows.length * ROW + 8}px`;
    draw();
  }

  const plural = (n, word) => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;

  // ---- time

  function duration(ns) {
    const sign = ns < 0 ? '−' : '';
    const n = Math.abs(ns);
    if (n < 1e3) return `${sign}${n} ns`;
    if (n < 1e6) return `${sign}${+(n / 1e3).toPrecision(4)} µs`;
    if (n < 1e9) return `${sign}${+(n / 1e6).toPrecision(4)} ms`;
    return `${sign}${+(n / 1e9).toPrecision(5)} s`;
  }
  const when = ns => ns === NEVER ? '–' : `+${(ns / 1e6).toLocaleString('en', {minimumFractionDigits: 3, maximumFractionDigits: 3})} ms`;
  const x = time => GUTTER + (time - view.from) / (view.to - view.from) * (width - GUTTER - MARGIN);
  const timeAt = px => view.from + (px - GUTTER) / (width - GUTTER - MARGIN) * (view.to - view.from);

  function show(from, to) {
    const least = Math.min(span, 2000);
    let size = Math.min(span, Math.max(least, to - from));
    const middle = (from + to) / 2;
    from = Math.max(0, Math.min(span - size, middle - size / 2));
    view = {from, to: from + size};
    draw();
  }
  const move = by => show(view.from + by, view.to + by);
  function zoom(factor, around = (view.from + view.to) / 2) {
    const size = Math.max(Math.min(span, 2000), Math.min(span, (view.to - view.from) * factor));
    const part = (around - view.from) / (view.to - view.from);
    show(around - size * part, around - size * part + size);
  }

  // ---- drawing

  function readColors() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ['page', 'card', 'ink', 'soft', 'line', 'zebra', 'accent', 'kernel', 'model', 'bad', 'pick', ...KINDS]) colors[name] = style.getPropertyValue('--' + name).trim();
  }

  function size(canvas, w, h) {
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) {
      canvas.width = Math.round(w * ratio);
      canvas.height = Math.round(h * ratio);
      canvas.style.width = w + 'px';
      canvas.style.height = h + 'px';
    }
    const g = canvas.getContext('2d');
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, w, h);
    g.font = '12px system-ui, "DejaVu Sans", sans-serif';
    g.textBaseline = 'middle';
    return g;
  }

  let pending = false;
  function draw() {
    if (!pending) {
      pending = true;
      requestAnimationFrame(() => { pending = false; paint(); });
    }
  }

  function paint() {
    width = $('rows').clientWidth;
    if (width <= GUTTER) return;
    paintOverview();
    paintLanes();
    paintRows();
  }

  /** Numbers of living tasks at so many places of the whole recording. */
  const alive = (() => {
    const n = 480, counts = new Array(n + 1).fill(0);
    for (const t of tasks) {
      counts[Math.floor(t.born / span * (n - 1))]++;
      if (t.end < span) counts[Math.floor(t.end / span * (n - 1)) + 1]--;
    }
    for (let i = 1; i <= n; i++) counts[i] += counts[i - 1];
    return counts.slice(0, n);
  })();

  function paintOverview() {
    const h = 52, g = size($('overview'), $('overview').parentElement.clientWidth, h);
    const w = width - GUTTER, most = Math.max(...alive);
    g.fillStyle = colors.soft;
    g.fillText('tasks alive', 14, 17);
    g.fillText(`at most ${most.toLocaleString('en')}`, 14, 34);
    g.beginPath();
    g.moveTo(GUTTER, h - 4);
    alive.forEach((n, i) => g.lineTo(GUTTER + i / (alive.length - 1) * w, h - 4 - n / most * (h - 12)));
    g.lineTo(GUTTER + w, h - 4);
    g.fillStyle = colors.sleeping;
    g.fill();
    const a = GUTTER + view.from / span * w, b = Math.max(a + 3, GUTTER + view.to / span * w);
    g.fillStyle = colors.pick;
    g.fillRect(a, 1, b - a, h - 2);
    g.strokeStyle = colors.accent;
    g.strokeRect(a + .5, 1.5, b - a - 1, h - 3);
  }

  function axis(g, h) {
    const room = (width - GUTTER) / 110, raw = (view.to - view.from) / room;
    const power = Math.pow(10, Math.floor(Math.log10(raw)));
    const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= raw);
    g.textAlign = 'center';
    for (let t = Math.ceil(view.from / step) * step; t <= view.to; t += step) {
      const px = Math.round(x(t)) + .5;
      g.fillStyle = colors.line;
      g.fillRect(px, AXIS - 4, 1, h - AXIS + 4);
      g.fillStyle = colors.soft;
      if (px > GUTTER + 22 && px < width - 26) g.fillText(t === 0 ? '0' : '+' + duration(Math.round(t)), px, 10);
    }
    g.textAlign = 'left';
  }

  const laneHeight = Math.max(4, Math.min(18, Math.floor(150 / data.cpus)));
  function paintLanes() {
    const h = AXIS + data.cpus * laneHeight + 6;
    const g = size($('lanes'), $('lanes').parentElement.clientWidth, h);
    axis(g, h);
    lanes.forEach((lane, cpu) => {
      const y = AXIS + cpu * laneHeight;
      if (laneHeight > 10) {
        g.fillStyle = colors.soft;
        g.fillText(`CPU ${cpu}`, 14, y + laneHeight / 2);
      }
      let i = firstEnding(lane, view.from), drawnTo = -1;
      for (; i < lane.length && lane[i].begin < view.to; i++) {
        const run = lane[i], a = Math.max(GUTTER, x(run.begin)), b = Math.max(a + 1, Math.min(width, x(run.end)));
        if (b <= drawnTo + .5 && run.task.index !== selected) continue;
        g.fillStyle = run.task.index === selected ? colors.accent : `hsl(${run.task.pid * 47 % 360} 34% ${isDark() ? 46 : 66}%)`;
        g.fillRect(a, y + 1, b - a, laneHeight - 2);
        drawnTo = b;
        if (b - a > 46 && laneHeight > 10) {
          g.fillStyle = isDark() ? '#0d1117' : '#10161e';
          clipped(g, `${run.task.comm} ${run.task.pid}`, a + 4, y + laneHeight / 2, b - a - 6);
        }
      }
    });
  }

  /** The first of the intervals, sorted by begin and apart from each other, that ends after that time. */
  function firstEnding(list, time) {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].end < time) low = middle + 1; else high = middle;
    }
    return low;
  }

  function clipped(g, text, px, y, room) {
    let end = text.length;
    while (end > 0 && g.measureText(text.slice(0, end) + (end < text.length ? '…' : '')).width > room) end--;
    if (end > 1) g.fillText(text.slice(0, end) + (end < text.length ? '…' : ''), px, y);
  }

  function paintRows() {
    const box = $('rows'), h = box.clientHeight, g = size($('tasks'), width, h);
    const top = box.scrollTop, first = Math.max(0, Math.floor((top - 4) / ROW)), last = Math.min(rows.length - 1, Math.floor((top + h) / ROW));
    const tree = $('order').value === 'tree';
    drawn = 0;
    for (let i = first; i <= last; i++) {
      const task = rows[i], y = 4 + i * ROW - top;
      if (task.index === selected || task.index === hovered) {
        g.fillStyle = task.index === selected ? colors.pick : colors.zebra;
        g.fillRect(0, y, width, ROW);
      }
      const indent = tree ? Math.min(8, task.depth) * 8 : 0;
      g.fillStyle = task.mismatches.length ? colors.bad : colors.ink;
      clipped(g, task.comm, 14 + indent, y + ROW / 2, GUTTER - 74 - indent);
      g.fillStyle = colors.soft;
      g.textAlign = 'right';
      g.fillText(task.pid, GUTTER - 12, y + ROW / 2);
      g.textAlign = 'left';
      bar(g, task, y + (ROW - BAR) / 2);
      drawn++;
    }
    g.fillStyle = colors.line;
    g.fillRect(GUTTER - 1, 0, 1, h);
  }

  function bar(g, task, y) {
    let lastKind = -1, lastEnd = -1;
    for (let i = firstEnding(task.phases, view.from); i < task.phases.length && task.phases[i].begin < view.to; i++) {
      const p = task.phases[i], a = Math.max(GUTTER, x(p.begin)), b = Math.min(width, Math.max(x(p.end), a + 1));
      if (b <= lastEnd + .4 && p.kind === lastKind) continue;
      const thin = p.kind === SLEEPING || p.kind === RUNNABLE ? 4 : p.kind === GRACE ? 2 : 0;
      g.fillStyle = colors[KINDS[p.kind]];
      g.fillRect(a, y + thin, b - a, BAR - 2 * thin);
      lastKind = p.kind;
      lastEnd = b;
    }
    if (task.exit !== NEVER && visible(task.exit)) {
      g.fillStyle = colors.ink;
      g.fillRect(Math.round(x(task.exit)), y - 2, 1, BAR + 4);
    }
    changes(g, task, y);
    if (task.kernelFreed !== NEVER && visible(task.kernelFreed)) triangle(g, x(task.kernelFreed), y + BAR / 2);
    if (task.modelFreed !== NEVER && visible(task.modelFreed)) diamond(g, x(task.modelFreed), y + BAR / 2);
  }

  const visible = time => time >= view.from && time <= view.to;

  function changes(g, task, y) {
    let lastX = -9;
    for (const c of task.changes) {
      if (!visible(c.time)) continue;
      const px = x(c.time);
      if (px - lastX < 2) continue;
      g.fillStyle = c.count === 1 ? colors.accent : colors.ink;
      g.fillRect(px - .5, y + BAR, 2, 3);
      lastX = px;
    }
  }

  function triangle(g, px, y) {
    g.beginPath();
    g.moveTo(px, y + 5); g.lineTo(px - 4.5, y - 4); g.lineTo(px + 4.5, y - 4);
    g.closePath();
    g.fillStyle = colors.kernel;
    g.fill();
  }

  function diamond(g, px, y) {
    g.beginPath();
    g.moveTo(px, y - 6); g.lineTo(px + 5, y); g.lineTo(px, y + 6); g.lineTo(px - 5, y);
    g.closePath();
    g.fillStyle = colors.card;
    g.fill();
    g.lineWidth = 1.8;
    g.strokeStyle = colors.model;
    g.stroke();
    g.lineWidth = 1;
  }

  // ---- pointer

  const rowAt = clientY => {
    const box = $('rows').getBoundingClientRect();
    const i = Math.floor((clientY - box.top + $('rows').scrollTop - 4) / ROW);
    return clientY >= box.top && clientY < box.bottom && i >= 0 && i < rows.length ? i : -1;
  };
  const localX = event => event.clientX - $('rows').getBoundingClientRect().left;

  function hover(event) {
    const i = rowAt(event.clientY);
    const now = i < 0 ? -1 : rows[i].index;
    if (now !== hovered) { hovered = now; draw(); }
    if (i < 0) { $('tip').hidden = true; return; }
    const time = timeAt(localX(event));
    $('tip').replaceChildren(...tip(rows[i], time, localX(event) < GUTTER));
    $('tip').hidden = false;
    place(event);
  }

  function place(event) {
    const box = $('tip').getBoundingClientRect();
    $('tip').style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 8)) + 'px';
    $('tip').style.top = (event.clientY + 18 + box.height > innerHeight ? Math.max(4, event.clientY - box.height - 10) : event.clientY + 18) + 'px';
  }

  function element(name, text, className) {
    const e = document.createElement(name);
    if (text !== undefined) e.textContent = text;
    if (className) e.className = className;
    return e;
  }

  function tip(task, time, inGutter) {
    const out = [element('b', `${task.comm} ${task.pid}`)];
    if (inGutter) {
      out.push(element('div', task.thread ? 'a thread' : 'a process', 'soft'));
      return out;
    }
    const phase = task.phases.find(p => p.begin <= time && time < p.end);
    out.push(element('div', phase ? `${WORDS[phase.kind]}${phase.kind === RUNNING ? ` on CPU ${phase.cpu}` : ''} for ${duration(phase.end - phase.begin)}` : time < task.born ? 'not yet born' : task.kernelFreed !== NEVER && time >= task.kernelFreed ? 'freed' : '', 'soft'));
    const slack = (view.to - view.from) / (width - GUTTER - MARGIN) * 6;
    const near = task.changes.filter(c => Math.abs(c.time - time) <= slack);
    for (const c of near.slice(0, 6)) out.push(change(c));
    if (near.length > 6) out.push(element('div', `and ${near.length - 6} more`, 'soft'));
    if (!near.length && task.changes.length) out.push(element('div', counts(task, time), 'soft'));
    if (Math.abs(task.kernelFreed - time) <= slack && task.kernelFreed !== NEVER) out.push(element('div', `▼ the kernel freed it ${when(task.kernelFreed)}`));
    if (Math.abs(task.modelFreed - time) <= slack && task.modelFreed !== NEVER) out.push(element('div', `◇ the model freed it ${when(task.modelFreed)}`));
    return out;
  }

  function change(c) {
    const line = element('div', undefined, 'change');
    const dot = element('span', undefined, 'dot');
    dot.style.background = c.count === 1 ? colors.accent : colors.ink;
    line.append(dot, element('b', `${COUNTS[c.count]} ${c.before} → ${c.after}`), element('span', ` ${c.place}`, 'soft'));
    return line;
  }

  function counts(task, time) {
    const now = [null, null];
    for (const c of task.changes) if (c.time <= time) now[c.count] = c.after;
    return COUNTS.map((name, i) => now[i] === null ? null : `${name} ${now[i]}`).filter(t => t).join(', ');
  }

  let drag = null;
  for (const id of ['rows', 'lanes']) {
    const box = $(id);
    box.addEventListener('pointerdown', event => {
      if (event.button !== 0 || (id === 'rows' && localX(event) > width)) return;
      drag = {id, x: event.clientX, y: event.clientY, view, top: $('rows').scrollTop, moved: false};
      box.setPointerCapture(event.pointerId);
      if (id === 'rows') box.focus({preventScroll: true});
    });
    box.addEventListener('pointermove', event => {
      if (!drag) { if (id === 'rows') hover(event); return; }
      const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
      if (!drag.moved && Math.hypot(dx, dy) < 4) return;
      drag.moved = true;
      $('tip').hidden = true;
      $('rows').classList.add('drags');
      const by = -dx / (width - GUTTER) * (drag.view.to - drag.view.from);
      if (id === 'rows') $('rows').scrollTop = drag.top - dy;
      show(drag.view.from + by, drag.view.to + by);
    });
    box.addEventListener('pointerup', event => {
      $('rows').classList.remove('drags');
      if (drag && !drag.moved) click(event, id);
      drag = null;
    });
    box.addEventListener('pointercancel', () => { drag = null; $('rows').classList.remove('drags'); });
    box.addEventListener('wheel', event => {
      if (event.ctrlKey || event.shiftKey || event.metaKey || id === 'lanes') {
        event.preventDefault();
        const amount = event.deltaY || event.deltaX;
        zoom(Math.pow(1.0018, Math.max(-400, Math.min(400, amount))), timeAt(Math.max(GUTTER, localX(event))));
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        move(event.deltaX / (width - GUTTER) * (view.to - view.from));
      }
    }, {passive: false});
  }
  $('rows').addEventListener('pointerleave', () => { hovered = -1; $('tip').hidden = true; draw(); });
  $('rows').addEventListener('dblclick', event => { const i = rowAt(event.clientY); if (i >= 0) { select(rows[i]); focusTask(); } });
  $('rows').addEventListener('scroll', draw);

  function click(event, id) {
    if (id === 'rows') {
      const i = rowAt(event.clientY);
      if (i >= 0) select(rows[i]);
      return;
    }
    const box = $('lanes').getBoundingClientRect(), cpu = Math.floor((event.clientY - box.top - AXIS) / laneHeight);
    const time = timeAt(event.clientX - box.left), lane = lanes[cpu];
    const run = lane && lane[firstEnding(lane, time)];
    if (run && run.begin <= time) { select(run.task); reveal(); }
  }

  let brush = null;
  const overviewTime = event => (event.clientX - $('overview').getBoundingClientRect().left - GUTTER) / (width - GUTTER) * span;
  $('overview').addEventListener('pointerdown', event => {
    const time = overviewTime(event), whole = view.to - view.from >= span * .999;
    brush = {time, offset: !whole && time >= view.from && time <= view.to ? time - view.from : null};
    $('overview').setPointerCapture(event.pointerId);
  });
  $('overview').addEventListener('pointermove', event => {
    if (!brush) return;
    const time = overviewTime(event);
    if (brush.offset !== null) show(time - brush.offset, time - brush.offset + (view.to - view.from));
    else if (Math.abs(time - brush.time) > span / 400) show(Math.min(time, brush.time), Math.max(time, brush.time));
  });
  $('overview').addEventListener('pointerup', () => { brush = null; });

  // ---- the selected task

  function select(task) {
    selected = task ? task.index : -1;
    chosenChange = -1;
    details(task);
    if (task) $('said').textContent = `${task.comm} ${task.pid}, born ${when(task.born)}, ${task.kernelFreed !== NEVER ? 'freed by the kernel ' + when(task.kernelFreed) : 'not freed'}`;
    draw();
  }

  function reveal() {
    const i = rows.findIndex(t => t.index === selected);
    if (i < 0) return;
    const box = $('rows');
    if (i * ROW < box.scrollTop) box.scrollTop = i * ROW;
    else if ((i + 1) * ROW + 8 > box.scrollTop + box.clientHeight) box.scrollTop = (i + 1) * ROW + 8 - box.clientHeight;
  }

  function focusTask() {
    const task = tasks[selected];
    if (!task) return;
    const pad = Math.max(1000, (task.end - task.born) * .06);
    show(task.born - pad, task.end + pad);
  }

  function details(task) {
    const box = $('details');
    box.replaceChildren();
    if (!task) {
      box.append(element('h2', 'Choose a task'), element('p', 'Its life, its counts and the two frees appear here. Press ? for the keys.'));
      if (data.mismatches.length) {
        box.append(element('h3', plural(data.mismatches.length, 'mismatch').replace('mismatchs', 'mismatches')));
        for (const [pid, what] of data.mismatches.slice(0, 200)) {
          const p = element('p', `${pid}: ${what}`, 'mismatch');
          box.append(p);
        }
      }
      return;
    }
    box.append(element('h2', `${task.comm} ${task.pid}`));
    const parent = task.parent >= 0 ? tasks[task.parent] : null;
    box.append(element('p', `${task.thread ? 'a thread' : 'a process'}${parent ? `, made by ${parent.comm} ${parent.pid}` : task.forked ? ', made by a task outside the recording' : ', older than the recording'}`));
    for (const what of task.mismatches) box.append(element('p', what, 'mismatch'));
    const list = element('dl');
    const fact = (name, value) => list.append(element('dt', name), element('dd', value));
    fact('born', when(task.born));
    fact('ran', `${duration(task.runs.reduce((sum, r) => sum + r.end - r.begin, 0))} in ${plural(task.runs.length, 'turn')}`);
    fact('began to exit', when(task.exit));
    fact('off its CPU for ever', task.lastSwitch === NEVER ? '–' : `${when(task.lastSwitch)} as ${task.leftDead ? 'X' : 'Z'}`);
    fact('released', when(task.released));
    fact('lost its last user', when(task.lastPut));
    fact('◇ freed by the model', when(task.modelFreed));
    fact('▼ freed by the kernel', when(task.kernelFreed));
    if (task.lastPut !== NEVER && task.kernelFreed !== NEVER) fact("the kernel's grace period", duration(task.kernelFreed - task.lastPut));
    box.append(list);
    box.append(element('h3', `Count changes (${task.changes.length}${task.forgotten ? `, ${task.forgotten} more not kept` : ''})`));
    const table = element('table');
    task.changes.forEach((c, i) => {
      const row = element('tr');
      row.dataset.time = c.time;
      row.dataset.change = i;
      const what = element('td');
      what.append(change({...c, place: ''}), element('div', c.place, 'place'), element('div', c.cpu >= 0 ? `CPU ${c.cpu}, task ${c.current}` : c.thread, 'who'));
      row.append(element('td', when(c.time), 'when'), what);
      row.addEventListener('click', () => chooseChange(i));
      table.append(row);
    });
    box.append(table);
  }

  function chooseChange(i) {
    const task = tasks[selected];
    if (!task || !task.changes.length) return;
    chosenChange = Math.max(0, Math.min(task.changes.length - 1, i));
    const c = task.changes[chosenChange], half = (view.to - view.from) / 2;
    for (const row of $('details').querySelectorAll('tr')) row.classList.toggle('now', Number(row.dataset.change) === chosenChange);
    const row = $('details').querySelector('tr.now');
    if (row) row.scrollIntoView({block: 'nearest'});
    $('said').textContent = `${COUNTS[c.count]} ${c.before} to ${c.after} in ${c.place}`;
    show(c.time - half, c.time + half);
  }

  // ---- keys and controls

  function step(by) {
    const i = rows.findIndex(t => t.index === selected);
    pick(i < 0 ? Math.floor($('rows').scrollTop / ROW) : i + by);
  }
  function pick(i) {
    if (!rows.length) return;
    select(rows[Math.max(0, Math.min(rows.length - 1, i))]);
    reveal();
  }

  const page = () => Math.max(1, Math.floor($('rows').clientHeight / ROW) - 1);
  const KEYS = {
    ArrowUp: () => step(-1), ArrowDown: () => step(1), PageUp: () => step(-page()), PageDown: () => step(page()),
    Home: () => pick(0), End: () => pick(rows.length - 1),
    ArrowLeft: () => move(-(view.to - view.from) / 8), ArrowRight: () => move((view.to - view.from) / 8),
    '+': () => zoom(.6), '=': () => zoom(.6), '-': () => zoom(1 / .6), '0': () => show(0, span), f: focusTask, Enter: focusTask,
    '[': () => chooseChange(chosenChange < 0 ? 0 : chosenChange - 1), ']': () => chooseChange(chosenChange + 1),
    '/': () => $('search').focus(), '?': () => $('keys').showModal(), Escape: () => select(null)
  };
  document.addEventListener('keydown', event => {
    const typing = event.target.closest('input, select, dialog');
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing) {
      if (event.key === 'Escape' && event.target === $('search')) { $('search').value = ''; choose(); $('rows').focus(); }
      else if (event.key === 'Enter' && event.target === $('search') && rows.length) { select(rows[0]); reveal(); $('rows').focus(); }
      return;
    }
    if (event.key === 'Enter' && event.target.closest('button')) return;
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  $('search').addEventListener('input', () => { $('rows').scrollTop = 0; choose(); });
  $('show').addEventListener('change', () => { $('rows').scrollTop = 0; choose(); });
  $('order').addEventListener('change', choose);
  $('in').addEventListener('click', () => zoom(.6));
  $('out').addEventListener('click', () => zoom(1 / .6));
  $('fit').addEventListener('click', () => show(0, span));
  $('focus').addEventListener('click', focusTask);
  $('help').addEventListener('click', () => $('keys').showModal());

  const isDark = () => document.documentElement.dataset.theme === 'dark';
  function theme(dark) {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    readColors();
    legend();
    if (selected >= 0) details(tasks[selected]);
    draw();
  }
  const preference = matchMedia('(prefers-color-scheme: dark)');
  preference.addEventListener('change', event => theme(event.matches));
  $('theme').addEventListener('click', () => theme(!isDark()));

  function legend() {
    const swatch = (kind, word) => { const li = element('li'), i = element('i'); i.style.background = colors[kind]; li.append(i, word); return li; };
    const shape = (path, fill, stroke, word) => {
      const li = element('li');
      li.innerHTML = `<svg viewBox="-6 -7 12 14" aria-hidden="true"><path d="${path}" fill="${fill}" stroke="${stroke}" stroke-width="1.6"/></svg>`;
      li.append(word);
      return li;
    };
    $('legend').replaceChildren(
      ...KINDS.map((kind, i) => swatch(kind, WORDS[i])),
      shape('M0 5L-4.5 -4L4.5 -4Z', colors.kernel, 'none', 'freed by the kernel'),
      shape('M0 -6L5 0L0 6L-5 0Z', 'none', colors.model, 'freed by the model'),
      shape('M0 -7L0 7', 'none', colors.ink, 'begins to exit'),
      shape('M-2 3L-2 7M2 3L2 7', 'none', colors.accent, 'a count changes'));
  }

  // ---- begin

  $('name').textContent = data.trace.replace(/.*[\\/]/, '');
  $('name').title = data.trace;
  $('verdict').textContent = data.passed ? 'the model agrees with the kernel' : 'the model differs from the kernel';
  $('verdict').classList.add(data.passed ? 'good' : 'bad');
  $('summary').textContent = `${plural(data.events, 'event')}, ${plural(data.cpus, 'CPU')}, ${duration(span)}; ${data.matched.toLocaleString('en')} of ${data.kernelFrees.toLocaleString('en')} frees alike; layout ${data.layout}, order ${data.order}`;
  new ResizeObserver(draw).observe($('rows'));
  theme(preference.matches);
  details(null);
  choose();
  paint();

  /** For programs that look at the page. */
  window.timeline = {
    tasks, readyMillis: performance.now() - began,
    rows: () => rows.length, drawn: () => drawn, view: () => view, selected: () => selected,
    paint: () => { const t = performance.now(); paint(); return performance.now() - t; },
    place: (index, time) => { const box = $('rows').getBoundingClientRect(); return {x: box.left + x(time), y: box.top + 4 + (rows.findIndex(t => t.index === index) + .5) * ROW - $('rows').scrollTop}; }
  };
})();
