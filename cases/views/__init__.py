"""Pages: permission, object in scope, act or show. No rules, no figures, no unscoped queries."""
