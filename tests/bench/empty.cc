// What a program costs that does nothing: the measure for those that do something.
int main() { return 0; }
