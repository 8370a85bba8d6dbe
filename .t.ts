import {edit} from "./src/markdown/edit.ts"; import {readFileSync} from "node:fs";
const t="---\nid: EXP001-aaaa\n---\n"+readFileSync("node_modules/mdast-util-from-markdown/readme.md","utf8");
try{console.log(JSON.stringify(edit(t,[{kind:"append",section:"worked",item:"it did"}]).text).match(/.{60}What worked.{60}/)?.[0])}catch(e){console.log(e.problems)}
