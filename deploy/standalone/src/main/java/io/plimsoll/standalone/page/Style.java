// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

/** The page's style sheet: dark and light by the reader's own setting, one column on a phone. */
final class Style {
  static final String CSS =
      """
      :root{--bg:#fff;--fg:#1b1f24;--dim:#5b6570;--line:#dfe3e8;--card:#f6f8fa;--red:#b3261e;\
      --amber:#8a5a00;--green:#1a7f37;--blue:#2f6fde;--teal:#3c8f8f;--gone:#b98a3a}
      @media(prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e6e8eb;--dim:#9aa4af;\
      --line:#2c3239;--card:#1c2127;--red:#ff7b72;--amber:#e3b341;--green:#56d364;--blue:#6ea8fe;\
      --teal:#5fb3b3;--gone:#d2a95a}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:880px;padding:16px;background:var(--bg);color:var(--fg);\
      font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
      h1{font-size:1.4rem;margin:.2em 0}h2{font-size:1.1rem;margin:1.6em 0 .5em}
      h3{font-size:1rem;margin:0}p{margin:.4em 0}
      *+article{border-top:3px solid var(--line);margin-top:40px;padding-top:16px}
      .facts,.dim{color:var(--dim);font-size:.9rem}
      .verdict{border-left:6px solid var(--green);background:var(--card);padding:10px 14px;\
      margin:12px 0;border-radius:4px}
      .verdict.problems,.verdict.unfinished{border-color:var(--amber)}
      .verdict.failed{border-color:var(--red)}
      .finding{border:1px solid var(--line);border-radius:6px;padding:10px 14px;margin:10px 0}
      .sev{font-size:.75rem;font-weight:700;letter-spacing:.04em;padding:1px 7px;border-radius:9px;\
      border:1px solid currentColor;margin-right:6px;white-space:nowrap}
      .low{color:var(--dim)}.moderate{color:var(--amber)}.severe,.critical{color:var(--red)}
      table{border-collapse:collapse;width:100%;font-size:.9rem}
      th,td{text-align:left;padding:4px 8px 4px 0;border-bottom:1px solid var(--line);\
      vertical-align:top}
      th{color:var(--dim);font-weight:500}td.n,th.n{text-align:right;white-space:nowrap}
      .wide{overflow-x:auto}.wide table{min-width:520px}.w{white-space:nowrap}
      .bar{background:var(--line);height:.7em;min-width:80px;border-radius:3px;margin-top:.4em}
      .bar i{display:block;background:var(--teal);height:100%;border-radius:3px}
      .bar i.over{background:var(--red)}
      .scores{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:12px}
      .score{background:var(--card);border-radius:6px;padding:10px 14px}
      .score b{font-size:1.8rem;display:block;line-height:1.2}
      .score ul{list-style:none;padding:0;margin:.4em 0 0;font-size:.85rem}
      .score li{margin:.3em 0}
      pre{background:var(--card);padding:12px;border-radius:6px;overflow-x:auto;font-size:.85rem;\
      line-height:1.45}
      .add{color:var(--green)}.del{color:var(--red)}
      svg{width:100%;height:auto;display:block}
      .chart{overflow-x:auto}.chart svg{min-width:560px}
      svg text{font:11px system-ui,sans-serif;fill:var(--fg)}svg .tick{fill:var(--dim)}
      .grid{stroke:var(--line)}.whisker{stroke:var(--dim)}.median{stroke:var(--fg);stroke-width:2}
      .b-exec{fill:var(--teal)}.b-gone{fill:var(--gone)}.b-stage{fill:var(--blue)}
      .b-fail{fill:var(--red)}
      .causes{max-width:560px}.n-edge{fill:none;stroke:var(--dim);stroke-width:1.2}
      .n-symptom,.n-between,.n-cause{fill:var(--card);stroke:var(--line)}
      .n-symptom{stroke:var(--amber)}.n-cause{stroke:var(--red);stroke-width:1.6}
      details{margin:.5em 0}summary{cursor:pointer;color:var(--dim)}
      dl{margin:.3em 0;font-size:.9rem}dt{color:var(--dim)}dd{margin:0 0 .3em}
      .key i{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 .3em 0 .8em}
      """;

  private Style() {}
}
