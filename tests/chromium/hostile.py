"""What a page under test may hold that tries to run, to load, to leave, or to cover whoever looks at it.

`RAN` is what each script does.
"""
# ruff: noqa: E501 - each entry as somebody would write it

from __future__ import annotations

RAN = "console.log('RAN');try{top.RAN=1}catch(e){}"
AWAY = "http://away.test"

HOSTILE: dict[str, str] = {
    "script": f"<script>{RAN}</script>",
    "script from elsewhere": f'<script src="{AWAY}/s.js"></script>',
    "onerror": f'<img src="{AWAY}/i.png" onerror="{RAN}">',
    "onload": f'<svg onload="{RAN}"></svg><body onload="{RAN}"><iframe onload="{RAN}"></iframe>',
    "ontoggle": f'<details open ontoggle="{RAN}"><summary>x</summary></details>',
    "onfocus and autofocus": f'<input autofocus onfocus="{RAN}"><button onclick="{RAN}">press me</button>',
    "svg script": f"<svg><script>{RAN}</script></svg>",
    "svg links": f'<svg width="300" height="60"><a xlink:href="javascript:{RAN}"><text y="20">svg</text></a><a href="javascript:{RAN}"><text y="40">svg</text></a></svg>',
    "svg animate": f'<svg width="300" height="60"><a><animate attributeName="href" values="javascript:{RAN}" /><set attributeName="onmouseover" to="{RAN}" /><text y="20">move</text></a></svg>',
    "svg image and use": f'<svg><image href="{AWAY}/svg.png" xlink:href="{AWAY}/x.png" width="9" height="9" /><use href="{AWAY}/u.svg#a" /></svg>',
    "javascript: links": f'<a href="javascript:{RAN}">link</a><a href=" java&#10;script:{RAN}">link</a>',
    "javascript: formaction": f'<form><button formaction="javascript:{RAN}">go</button><input type="submit" formaction="{AWAY}/f"></form>',
    "javascript: iframe": f'<iframe src="javascript:{RAN}"></iframe><iframe src="{AWAY}/frame"></iframe>',
    "target": f'<a href="{AWAY}/blank" target="_blank">blank</a><a href="{AWAY}/top" target="_top">top</a><a href="{AWAY}/parent" target="_parent">parent</a>',
    "iframe srcdoc": f'<iframe srcdoc="<script>{RAN}</script>"></iframe>',
    "object and embed": f'<object data="{AWAY}/o"></object><embed src="{AWAY}/e"><object data="data:text/html,<script>{RAN}</script>"></object>',
    "meta refresh": f'<meta http-equiv="refresh" content="0;url={AWAY}/refresh">',
    "base": f'<base href="{AWAY}/"><img src="relative.png"><a href="here">here</a>',
    "link": f'<link rel="stylesheet" href="{AWAY}/l.css"><link rel="prefetch" href="{AWAY}/p"><link rel="dns-prefetch" href="//away.test"><link rel="preload" as="image" href="{AWAY}/pre.png">',
    "style import and url": f'<style>@import "{AWAY}/i.css"; p {{ background: url({AWAY}/bg.png) }} @font-face {{ font-family: F; src: url({AWAY}/f.woff) }} p {{ font-family: F }}</style><p>text</p>',
    "url in an attribute": f'<p style="background:url({AWAY}/style.png);list-style:url({AWAY}/list.png)">text</p><table background="{AWAY}/table.png"><tr><td background="{AWAY}/td.png">x</td></tr></table>',
    "images": f'<img src="{AWAY}/a.png" srcset="{AWAY}/b.png 2x"><picture><source srcset="{AWAY}/c.png"><img></picture><input type="image" src="{AWAY}/d.png">',
    "media": f'<video src="{AWAY}/v.mp4" poster="{AWAY}/poster.png" autoplay></video><audio src="{AWAY}/a.mp3" autoplay></audio><video><source src="{AWAY}/w.mp4"><track src="{AWAY}/t.vtt" default></video>',
    "a cover": '<div style="position:fixed;inset:-9999px;width:99999px;height:99999px;z-index:2147483647;background:red">covered</div>',
    "form post": f'<form action="{AWAY}/post" method="post"><button>send</button></form>',
    "the end of the page": f"</main></div></body></html><script>{RAN}</script>",
    "comments": f'<!--><script>{RAN}</script>--><!-- --!><img src=x onerror="{RAN}"> -->',
    "noscript": f'<noscript><p title="</noscript><img src=x onerror={RAN}>"></noscript>',
    "math": f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RAN}&gt;"></table></mtext></math>',
    "template": f'<template><script>{RAN}</script></template><div><template shadowrootmode="open"><img src="{AWAY}/shadow.png" onerror="{RAN}"></template></div>',
    "dialog and popover": f'<dialog open>a dialog</dialog><div popover id="pop">pop</div><button popovertarget="pop">pop</button><button onclick="{RAN}">b</button>',
    "ping": f'<a href="#x" ping="{AWAY}/ping">ping</a><a href="{AWAY}/link">away</a>',
    "odd characters": "\u2028\u2029\x00</script><script>" + RAN + "</script>{{data}}{{script}}",
    "attributes of ours": f'<p data-timeline-mark="new" data-timeline-at="" id="steps">mine</p><div id="data" onclick="{RAN}">x</div>',
}
