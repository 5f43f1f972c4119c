import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf } from "./page-stub.js";

const textOf = (body) => {
  const { TL, window } = pageOf(body);
  return TL.text.index(window.document.body).text.trim();
};

test("white space collapses to one blank", () => {
  assert.equal(textOf("<p>one\n   two&nbsp;&nbsp;three\tfour</p>"), "one two three four");
});

test("blocks are lines of their own, inline elements are not", () => {
  assert.equal(
    textOf("<h1>One</h1><p>T<b>w</b>o<br>three</p><ul><li>four<li>five</ul>"),
    "One\nTwo\nthree\nfour\nfive",
  );
});

test("what nobody sees is left out", () => {
  const hidden = `<script>a</script><style>b</style><template>c</template><p hidden>d</p>
    <span aria-hidden="true">e</span><svg><text>f</text></svg><textarea>g</textarea><noscript>h</noscript>`;
  assert.equal(textOf(`<p>seen</p>${hidden}`), "seen");
});

test("soft hyphens, zero-width characters and bidi controls are dropped", () => {
  assert.equal(
    textOf("<p>dis&shy;grace\u200bful \u202abetray\u2060al\u202c\ufeff</p>"),
    "disgraceful betrayal",
  );
});

test("typographic and composed forms fold alike on both sides", () => {
  const { TL } = pageOf("");
  assert.equal(TL.text.fold("“It’s — naïve”"), TL.text.fold('"It\'s - nai\u0308ve"'));
  assert.equal(TL.text.fold("ofﬁce"), "office");
});

test("every unit knows its place", () => {
  const { TL, window } = pageOf("<p>a<b>b\u00ad</b>c 🥐 e\u0301!</p>");
  const index = TL.text.index(window.document.body);
  assert.equal(index.text.length, index.nodes.length);
  const croissant = index.text.indexOf("🥐");
  assert.equal(index.nodes[croissant].data.slice(index.starts[croissant], index.ends[croissant]), "🥐");
  const accented = index.text.indexOf("e");
  assert.equal(index.nodes[accented].data.slice(index.starts[accented], index.ends[accented]), "e\u0301");
});
