/** The style sheet of the printed terms. */
export const termsPageStyle = `
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin-bottom:.2rem}h2{font-size:1.1rem;margin-top:1.8rem;border-bottom:1px solid #8886}
.lead{margin-top:0}.hash{font-size:.9rem}code{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border:1px solid #8886}
dl{display:grid;grid-template-columns:14rem 1fr;gap:.3rem 1rem;margin:0}dt{font-weight:600}dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}
.flow{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;padding:0}
.flow li{border:1px solid #888a;border-radius:6px;padding:.3rem .6rem}.flow span{display:block;font-size:.8rem}
.flow .arrow{border:0;padding:0;font-size:.8rem}
.sign td{height:5rem;width:50%}
@media (max-width:40rem){dl{grid-template-columns:1fr}}
@media print{body{margin:0}h2{break-after:avoid}table,dl{break-inside:avoid-page}}
`;
