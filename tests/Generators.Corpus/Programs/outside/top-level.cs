// reports: WEIR3002
using Weir;
using Weir.Corpus;


var job = new Job("corpus");
job.From(Feed.Of(1, 2, 3)).Where(n => n > 1).To(Caught.As<int>());
await Play.Run(job);
