"""Questions of staff, answered from facts and quoted sources."""
