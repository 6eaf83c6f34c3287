import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "./shared/styles/tokens.css";
import "./shared/styles/base.css";
import "./shared/styles/controls.css";
import { mount } from "svelte";
import App from "./App.svelte";

const target = document.getElementById("app");
if (target) mount(App, { target });
