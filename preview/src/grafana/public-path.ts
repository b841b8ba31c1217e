/** Where Grafana's components look for their icons: must be set before the first of them is drawn. */
Object.assign(window, { __grafana_public_path__: '/public/' });
