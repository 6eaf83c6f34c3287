// The second frame begins when the first one has been drawn.
requestAnimationFrame(() => requestAnimationFrame(() => window.__TAURI__.core.invoke("painted")));
