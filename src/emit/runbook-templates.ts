/** Handlebars templates of the pages. All text in them is ours; what a user wrote arrives escaped. */

const step = `### {{heading}}

{{note}}

{{#if destructive}}
> **Cannot be undone, or loses data.** {{destructive}}

{{/if}}
{{code}}

{{#if queryUrl}}
[Run it in Prometheus]({{queryUrl}})

{{/if}}
- **Expected** (takes {{takes}}): {{expected}}
- **Otherwise:** {{otherwise}}
`;

export const runbookTemplate = `<!-- {{origin}} -->

# {{title}}

{{purpose}}

**On this page:** {{contents}}

## {{frame.useWhen}}

{{useWhen}}

## {{frame.notWhen}}

{{notWhen}}

## {{frame.access}}

{{owners}}

{{access}}

## {{frame.setUp}}

{{setUp}}

## {{frame.roles}}

{{roles}}

{{#each procedures}}
## {{title}}

{{before}}

{{#each steps}}
{{> step}}

{{/each}}
{{after}}

{{/each}}
## {{frame.verification}}

{{#each verification}}
{{> step}}

{{/each}}
## {{frame.undo}}

{{#each undo}}
{{> step}}

{{/each}}
## {{frame.messages}}

What is in braces is filled in by hand.

{{#each messages}}
### {{title}}

{{when}}

{{body}}

{{/each}}
## {{frame.related}}

{{related}}

## {{frame.drill}}

{{drillHow}}

{{#each drill}}
{{> step}}

{{/each}}
{{#each own}}
## {{title}}

{{lines}}

{{/each}}
`;

export const alertPageTemplate = `<!-- {{origin}} -->

# {{name}}

{{meaning}}

{{facts}}

**On this page:** {{contents}}

## {{frame.impact}}

{{impact}}

{{judge}}

## {{frame.setUp}}

{{setUp}}

## {{frame.firstFive}}

{{#each firstFive}}
{{> step}}

{{/each}}
## {{frame.isItReal}}

{{panel}}

{{#each isItReal}}
{{> step}}

{{/each}}
## {{frame.causes}}

{{causes}}

## {{frame.mitigation}}

{{mitigationNote}}

{{#each mitigation}}
{{> step}}

{{/each}}
## {{frame.recovered}}

{{#each recovered}}
{{> step}}

{{/each}}
## {{frame.escalate}}

{{escalate}}

## {{frame.silence}}

{{falsePositives}}

{{silence}}

## {{frame.rule}}

{{rule}}

{{why}}

## {{frame.tuning}}

{{tuning}}

## {{frame.related}}

{{related}}

## {{frame.afterwards}}

{{afterwards}}
`;

export const indexTemplate = `<!-- {{origin}} -->

# Runbooks

{{intro}}

## Start here

{{start}}

## Operational runbooks

{{runbooks}}

## Alert pages

{{alerts}}

## Alerts by which the stack watches itself

{{metaAlerts}}

## Terminal set-up

{{setUpIntro}}

{{words}}

{{#each platforms}}
### {{title}}

{{code}}

{{/each}}
## How to read a step

{{howToRead}}

## Where these pages come from

{{whence}}
`;

export const partials = { step } as const;
