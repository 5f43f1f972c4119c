// The demo article: invented by us, short, with marks in every voice. It is handed to the service as a page would be.

/** A name that no host can have, so that nothing takes it for an article on the web. */
export const ADDRESS = "https://demo.invalid/harbour-bridge";

export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Council rams through disastrous bridge toll</title>
<meta property="og:site_name" content="The Lantern (demo)">
<meta name="author" content="Imre Falk">
<meta property="article:published_time" content="2026-03-04T09:00:00Z">
</head>
<body>
<article>
<h1>Council rams through disastrous bridge toll</h1>
<p>By Imre Falk</p>
<p>The council of Port Ellery voted on Tuesday to charge drivers $3 for every crossing of the Harbour Bridge, a
disastrous plan that shamelessly punishes working families. Seven of the eleven councillors were in favour. The toll
begins on 1 September.</p>
<p>“This is a disgraceful cash grab by people who never take the bus,” said Rosa Lindqvist, who drives a delivery van
across the bridge twelve times a day. She said she would pay about $700 a month.</p>
<p>Councillor Amal Reyes, who wrote the plan, said the bridge needed new cables within six years. An inspection
published in January put the cost at $41 million. “Nobody likes a toll,” Reyes said. “I like a closed bridge less.”</p>
<p>Critics say the so-called inspection is a fraud. Mayor Theo Brandt claimed that the toll would ruin the old town’s
shops; he gave no figures. The port authority, which carries a third of the costs, did not answer questions on Tuesday.</p>
<p>The council’s own estimate is that 9,000 vehicles cross the bridge on a weekday. Buses, ambulances and residents of
the island pay nothing. Opponents have until 30 March to collect the 4,000 signatures that a referendum needs.</p>
</article>
</body>
</html>
`;
