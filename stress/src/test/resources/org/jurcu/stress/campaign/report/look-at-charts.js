// Looks at each chart of the page as it is laid out, and leaves in the page what it saw.
(() => {
  const TOLERANCE = 1; // of rounding, in pixels
  const COVER = 3; // labels' boxes have room above and below the letters
  const probe = document.body.appendChild(document.createElement('i'));
  const colours = ['--ours', '--floor', '--peer', '--toy'].map(name => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  });
  const outside = (box, all) => box.left < all.left - TOLERANCE || box.right > all.right + TOLERANCE
    || box.top < all.top - TOLERANCE || box.bottom > all.bottom + TOLERANCE;
  const cover = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > COVER
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > COVER;
  // What is drawn of an element ends where its clip does. All clips are rectangles, in the coordinates of the drawing.
  const clip = (element, svg, all) => {
    const holder = element.closest('[clip-path]');
    const [, id] = holder ? holder.getAttribute('clip-path').match(/#([^)]*)/) : [];
    const path = id && document.getElementById(id).firstElementChild.getAttribute('d');
    if (!path) {
      return all;
    }
    const numbers = path.match(/-?[\d.]+/g).map(Number);
    const scale = all.width / svg.viewBox.baseVal.width;
    const xs = numbers.filter((_, i) => i % 2 === 0).map(x => all.left + x * scale);
    const ys = numbers.filter((_, i) => i % 2 === 1).map(y => all.top + y * scale);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  };
  const look = svg => {
    const all = svg.getBoundingClientRect();
    const seen = { id: svg.id, marks: 0, strays: [], labels: [], covered: [] };
    svg.querySelectorAll('path, rect, polygon, polyline, line, ellipse, circle').forEach(shape => {
      if (shape.closest('defs')) {
        return;
      }
      const style = getComputedStyle(shape);
      const filled = colours.includes(style.fill);
      const drawn = colours.includes(style.stroke);
      const box = shape.getBoundingClientRect();
      const sized = filled ? box.width > 0 && box.height > 0 : box.width > 0 || box.height > 0;
      if ((filled || drawn) && sized) {
        if (outside(box, all) || outside(box, clip(shape, svg, all))) {
          seen.strays.push(`${shape.tagName} at ${box.left - all.left}, ${box.top - all.top}`);
        } else {
          seen.marks++;
        }
      }
    });
    const boxes = [];
    svg.querySelectorAll('text').forEach(text => {
      const box = text.getBoundingClientRect();
      const said = text.textContent.trim();
      seen.labels.push(said);
      if (box.width === 0 || outside(box, all) || outside(box, clip(text, svg, all))) {
        seen.strays.push(said);
      }
      if (boxes.some(other => cover(box, other))) {
        seen.covered.push(said);
      }
      boxes.push(box);
    });
    return seen;
  };
  const found = [...document.querySelectorAll('figure')].map(figure => {
    const svg = figure.querySelector('svg');
    return svg ? look(svg) : { id: 'a figure without a drawing', marks: 0, strays: [], labels: [], covered: [] };
  });
  const pre = document.createElement('pre');
  pre.id = 'looked-at';
  pre.textContent = JSON.stringify(found);
  document.body.appendChild(pre);
})();
