/** The style sheet of a printed record: ink on paper, whatever the screen's scheme is when it is printed. */
export const recordPageStyle = `
:root{color-scheme:light dark}
body{font:14px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .6rem;border-bottom:1px solid #8886}
h3{font-size:1rem;margin:1.4rem 0 .4rem}h4{font-size:.9rem;margin:1rem 0 .3rem}
p{margin:.4rem 0}.small{font-size:.85rem}code{overflow-wrap:anywhere;font-size:.92em}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border:1px solid #8886;overflow-wrap:break-word}
td{white-space:pre-line}td.at{white-space:nowrap}
th{font-weight:600}
dl{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:.25rem 1rem;margin:0}dt{font-weight:600}dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}
.sheet{overflow-x:auto}.sign td{height:4.5rem;width:50%}
.swap{border-left:3px solid #8886;padding-left:1rem;margin-top:1.4rem}
@media (max-width:40rem){dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:.5rem}th,td{min-width:6rem}}
@page{margin:16mm 14mm 18mm}
@media print{
:root{color-scheme:light}
body{margin:0;padding:0;max-width:none;font-size:9.5pt;color:#000;background:#fff}
h1{font-size:15pt}h2{font-size:12pt}h3{font-size:10.5pt}
h2,h3,h4{break-after:avoid}tr,dl>dd{break-inside:avoid}thead{display:table-header-group}
.sheet{overflow:visible}a{color:inherit;text-decoration:none}
}
`;
