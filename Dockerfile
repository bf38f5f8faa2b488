# syntax=docker/dockerfile:1
FROM node:26-bookworm-slim AS build
WORKDIR /srv/mash
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# dist has the list of all packages of the image (CycloneDX) beside the code.
RUN npm run build:production && npm run --silent sbom && npm prune --omit=dev --ignore-scripts

FROM node:26-bookworm-slim
ENV NODE_ENV=production LISTEN_ADDRESS=0.0.0.0
WORKDIR /srv/mash
COPY --from=build /srv/mash/package.json ./
COPY --from=build /srv/mash/node_modules ./node_modules
COPY --from=build /srv/mash/dist ./dist
USER node
# One image for every app: compose says which one a container is.
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
